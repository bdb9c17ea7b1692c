import type { AccuracyComparison, Segment } from '../../../../shared/model/comparison.ts';
import type { CompareRequest, SeriesRequest } from '../../../../shared/model/request.ts';
import type { SeriesChunk } from '../../../../shared/series-chunk.ts';

/** What the window draws of a series: one metric, and of features the drift between the windows, which the comparison has. */
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
    featureDrift: false,
    allMetrics: false,
    ...(Object.keys(within).length > 0 ? { within } : {}),
  };
};
