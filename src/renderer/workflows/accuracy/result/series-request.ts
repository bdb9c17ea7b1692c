import type { AccuracyComparison, Segment } from '../../../../shared/model/comparison.ts';
import type { CompareRequest, SeriesRequest } from '../../../../shared/model/request.ts';
import type { WindowRange } from '../../../../shared/model/window.ts';
import { type SeriesChunk, sameSegment } from './route-selection.ts';

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

export const seriesRequest = (
  comparison: AccuracyComparison,
  request: CompareRequest,
  segment: Segment,
  chunk: SeriesChunk,
): SeriesRequest => {
  const within = { ...request.within, ...segment };
  return {
    dataset: request.dataset,
    reference: request.reference,
    chunk,
    metric: comparison.settings.metric,
    asOf: comparison.asOf,
    seed: comparison.seed,
    ...(Object.keys(within).length > 0 ? { within } : {}),
  };
};
