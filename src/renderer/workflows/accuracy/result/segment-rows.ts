import type { SegmentComparison } from '../../../../shared/model/comparison.ts';
import { segmentKey } from '../../../../shared/segment-text.ts';

export const segmentFilters = ['regressions', 'all', 'not enough data'] as const;
export type SegmentFilter = (typeof segmentFilters)[number];

export interface SegmentRow extends SegmentComparison {
  key: string;
  /** Lines folded under this one: their change vanishes without it. */
  explains: number;
}

export const isUntested = (row: Pick<SegmentComparison, 'change'>): boolean => row.change.value === null;

/** Every line, each knowing how many others it accounts for; the order of the document is kept: worst first. */
export const segmentRows = (segments: readonly SegmentComparison[]): SegmentRow[] => {
  const explained = new Map<string, number>();
  for (const row of segments) {
    if (!row.explainedBy) continue;
    const by = segmentKey(row.explainedBy);
    explained.set(by, (explained.get(by) ?? 0) + 1);
  }
  return segments.map((row) => {
    const key = segmentKey(row.segment);
    return { ...row, key, explains: explained.get(key) ?? 0 };
  });
};

const accepts: Record<SegmentFilter, (row: SegmentRow) => boolean> = {
  regressions: (row) => row.verdict === 'regression' && !isUntested(row),
  all: () => true,
  'not enough data': isUntested,
};

export const filterSegments = (rows: readonly SegmentRow[], filter: SegmentFilter, unfold: boolean): SegmentRow[] =>
  rows.filter((row) => accepts[filter](row) && (unfold || !row.explainedBy));

/** How many lines each filter shows. */
export const filterCounts = (rows: readonly SegmentRow[], unfold: boolean): Record<SegmentFilter, number> => ({
  regressions: filterSegments(rows, 'regressions', unfold).length,
  all: filterSegments(rows, 'all', unfold).length,
  'not enough data': filterSegments(rows, 'not enough data', unfold).length,
});
