import { primaryUnit, worstSegment } from '../../shared/accuracy-words.ts';
import { partitionName } from '../../shared/charts/partition-splits.ts';
import type { EvidenceReference } from '../../shared/model/checklist.ts';
import type { AccuracyComparison, Segment, SegmentComparison } from '../../shared/model/comparison.ts';
import type {
  HistoryLine,
  Investigation,
  InvestigationDocuments,
  Statement,
} from '../../shared/model/investigation.ts';
import type { AccuracySeries } from '../../shared/model/series.ts';
import { type Unit, unitOf } from '../../shared/units.ts';
import type { Html } from './markup/html.ts';

/** All a report is made of: nothing else is read, so the same input gives the same bytes. */
export interface ReportInput {
  investigation: Investigation;
  documents: InvestigationDocuments;
  statements: readonly Statement[];
  history: readonly HistoryLine[];
  producer: { version: string };
}

/** The input with what several sections look up in it. */
export interface Report extends ReportInput {
  comparison: AccuracyComparison;
  series: AccuracySeries;
  /** The metric the verdict is about, and how its numbers are printed. */
  metric: string;
  unit: Unit;
  /** The segment that fell on its own and furthest, where one did. */
  worst: SegmentComparison | null;
  evidence: readonly EvidenceReference[];
}

export interface Section {
  id: string;
  title: string;
  body: Html;
}

export type SectionOf = (report: Report) => Section;

export const reportOf = (input: ReportInput): Report => {
  const { comparison, series } = input.documents;
  const evidence = new Map<string, EvidenceReference>();
  for (const line of input.investigation.checklist.lines)
    for (const reference of line.collected?.evidence ?? [])
      if (!evidence.has(reference.id)) evidence.set(reference.id, reference);
  return {
    ...input,
    comparison,
    series,
    metric: comparison.settings.metric,
    unit: primaryUnit(comparison),
    worst: worstSegment(comparison),
    evidence: [...evidence.values()],
  };
};

/** What a segment's numbers measure: not the primary metric where that is no mean over rows. */
export const segmentMetric = (report: Pick<Report, 'metric'>, line: SegmentComparison): string => {
  const [named, rest] = line.change.method.split('/');
  return named && rest !== undefined ? named : report.metric;
};

export const segmentUnit = (report: Pick<Report, 'metric'>, line: SegmentComparison): Unit =>
  unitOf(segmentMetric(report, line));

export const sameSegment = (a: Segment, b: Segment): boolean => {
  const pairs = Object.entries(a);
  return pairs.length === Object.keys(b).length && pairs.every(([column, value]) => b[column] === value);
};

export const segmentIndex = (report: Pick<Report, 'comparison'>, segment: Segment): number =>
  report.comparison.segments.findIndex((line) => sameSegment(line.segment, segment));

/** Segments that fell, or rose, on their own. */
export const ownLines = (report: Report, verdict: 'regression' | 'improvement'): SegmentComparison[] =>
  report.comparison.segments.filter((line) => line.verdict === verdict && !line.explainedBy);

export const notDone = (report: Report) =>
  report.investigation.checklist.lines.filter((line) => line.status === 'NOT DONE');

export const partitionTitle = (columns: readonly string[]): string => partitionName(columns) || 'all rows together';
