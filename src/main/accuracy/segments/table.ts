import type { Segment, SegmentComparison } from '../../../shared/model/comparison.ts';
import { unknownEstimate } from '../../../shared/model/estimate.ts';
import type { Verdict } from '../../../shared/model/verdict.ts';
import { decide } from '../../statistics/verdict.ts';
import type { MeasuredRows } from '../measured-rows.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { changeEstimate, meanOf, type Side, sideEstimate } from './moments.ts';
import type { Pruned } from './prune.ts';
import type { Candidate, SearchSettings } from './search.ts';

/** Lines listed at most; the search figures always count all. */
const MOST_LISTED = 2000;

export type Dictionaries = (string | null)[][];

export async function segmentDictionaries(dataset: OpenDataset): Promise<Dictionaries> {
  return Promise.all(dataset.segments.map((_, position) => dataset.dictionary('segment', position)));
}

function segmentName(
  dataset: OpenDataset,
  dictionaries: Dictionaries,
  one: Pick<Candidate, 'columns' | 'codes'>,
): Segment {
  return Object.fromEntries(
    one.columns.map((column, i) => [
      dataset.segments[column] as string,
      dictionaries[column]?.[one.codes[i] as number] ?? null,
    ]),
  );
}

/** Totals of the weights in both windows, for contributions. */
export interface Totals {
  reference: number;
  current: number;
}

/** Worst first: the lines, then the other segments by how far below the tolerance they fell, then those without enough rows. */
export function segmentTable(
  dataset: OpenDataset,
  dictionaries: Dictionaries,
  rows: MeasuredRows,
  settings: SearchSettings,
  candidates: readonly Candidate[],
  pruned: Pruned,
  totals: Totals,
): SegmentComparison[] {
  const rank = new Map(pruned.lines.map((line, index) => [line, index]));
  const last = Number.MAX_SAFE_INTEGER;
  const ordered = [...candidates].sort(
    (a, b) =>
      (rank.get(a) ?? last) - (rank.get(b) ?? last) ||
      (a.harm?.p ?? 2) - (b.harm?.p ?? 2) ||
      b.moments.current.rows - a.moments.current.rows ||
      a.columns.length - b.columns.length ||
      compareNumbers(a.columns, b.columns) ||
      compareNumbers(a.codes, b.codes),
  );
  return ordered.slice(0, MOST_LISTED).map((one) => {
    const segment = segmentName(dataset, dictionaries, one);
    if (!one.sides) return notEnough(segment, one, settings);
    const change = changeEstimate(rows.value, one.sides.reference, one.sides.current, settings.level);
    const by = pruned.explainedBy.get(one);
    return {
      segment,
      reference: sideEstimate(rows.value, one.sides.reference, settings.level),
      current: sideEstimate(rows.value, one.sides.current, settings.level),
      change,
      contribution: contribution(one, rows.value.scale, totals),
      pAdjusted: one.harm?.adjusted ?? null,
      verdict: verdictOf(one, rows, settings, pruned),
      ...(by ? { explainedBy: by === 'everything' ? {} : segmentName(dataset, dictionaries, by) } : {}),
    };
  });
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function contribution({ moments }: Candidate, scale: number, totals: Totals): number {
  const part = (weight: number, total: number, mean: number): number => (total > 0 ? (weight / total) * mean : 0);
  const now = part(moments.current.weight, totals.current, meanOf(moments.current));
  const before = part(moments.reference.weight, totals.reference, meanOf(moments.reference));
  return (now - before) * scale;
}

function verdictOf(one: Candidate, rows: MeasuredRows, settings: SearchSettings, pruned: Pruned): Verdict {
  const plain = (sides: { reference: Side; current: Side }, alsoHarm: boolean): Verdict => {
    const { low, high } = changeEstimate(rows.value, sides.reference, sides.current, settings.level);
    const direction = rows.value.better === 'higher' ? 'higher-is-better' : 'lower-is-better';
    const verdict = decide({ low, high, delta: settings.delta, direction });
    if (verdict === 'regression' && !alsoHarm) return 'inconclusive';
    if (verdict === 'improvement' && !(one.good && one.good.adjusted <= settings.alpha)) return 'inconclusive';
    return verdict;
  };
  if (pruned.lines.includes(one)) return 'regression';
  if (pruned.explainedBy.has(one)) {
    const rest = pruned.remainder.get(one);
    return rest ? plain(rest, false) : 'inconclusive';
  }
  return plain(one.sides as { reference: Side; current: Side }, false);
}

function notEnough(segment: Segment, { moments }: Candidate, settings: SearchSettings): SegmentComparison {
  const none = (n: number) =>
    unknownEstimate(
      `not enough data: ${n} labelled rows, ${settings.minCell} needed`,
      'minimum-cell@1',
      n,
      settings.level,
    );
  return {
    segment,
    reference: none(moments.reference.rows),
    current: none(moments.current.rows),
    change: none(Math.min(moments.reference.rows, moments.current.rows)),
    contribution: null,
    pAdjusted: null,
    verdict: 'inconclusive',
  };
}
