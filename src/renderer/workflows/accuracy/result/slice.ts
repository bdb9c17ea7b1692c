import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest, SliceRequest } from '../../../../shared/model/request.ts';
import type { WindowRange } from '../../../../shared/model/window.ts';
import type { Selection } from './route-selection.ts';

type Picked = Pick<Selection, 'segment' | 'days'>;

const share = (a: WindowRange, b: WindowRange): boolean => a.from <= b.to && b.from <= a.to;

/**
 * The comparison of what is picked: inside the segment, the picked days against the same reference. Null when nothing is
 * picked that filters: days of the reference cannot be held against themselves.
 */
export const sliceRequest = (
  comparison: AccuracyComparison,
  request: CompareRequest,
  { segment, days }: Picked,
): SliceRequest | null => {
  const current = days && !share(days, request.reference) ? days : request.current;
  const within = { ...request.within, ...segment };
  const same =
    current === request.current && Object.keys(segment).every((column) => request.within?.[column] === segment[column]);
  if (same) return null;
  return {
    ...request,
    metric: comparison.settings.metric,
    asOf: comparison.asOf,
    delta: comparison.settings.delta,
    current,
    featureDrift: false,
    explanation: false,
    // The table of segments is asked for by days alone.
    ...(Object.keys(segment).length > 0 ? { segments: false } : {}),
    ...(Object.keys(within).length > 0 ? { within } : {}),
  };
};
