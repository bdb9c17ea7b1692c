import type { AccuracyComparison, Segment } from './model/comparison.ts';
import type { WindowRange } from './model/window.ts';
import { sameSegment } from './segment-text.ts';

export type SeriesChunk = '1d' | '1w' | '1mo';

const daysIn = (range: WindowRange): number => (Date.parse(range.to) - Date.parse(range.from)) / 86_400_000 + 1;

/**
 * The finest cut in which an ordinary chunk of this segment still has enough labels; a segment that never has is cut by
 * day, because then nothing is gained by waiting longer.
 */
export const suitableChunk = (comparison: AccuracyComparison, segment: Segment): SeriesChunk => {
  if (Object.keys(segment).length === 0) return '1d';
  const row = comparison.segments.find((candidate) => sameSegment(candidate.segment, segment));
  if (!row) return '1d';
  const perDay = row.reference.n / daysIn(comparison.windows.reference);
  const { minCell } = comparison.settings;
  if (perDay >= minCell * 1.2) return '1d';
  if (perDay * 7 >= minCell * 1.2) return '1w';
  return perDay * 30 >= minCell ? '1mo' : '1d';
};
