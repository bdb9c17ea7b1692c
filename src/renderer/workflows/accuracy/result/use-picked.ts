import { useCallback, useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import type { AccuracySeries } from '../../../../shared/model/series.ts';
import { type SeriesChunk, suitableChunk } from '../../../../shared/series-chunk.ts';
import { useClient } from '../../../client/use-connection.ts';
import type { Selection } from './route-selection.ts';
import { seriesRequest } from './series-request.ts';
import { type After, type JobDocument, useJobQuery, useSettled } from './use-job-query.ts';
import { type Slice, useSlice } from './use-slice.ts';

/**
 * The series of the picked segment, cut as the address says or as its labels allow; and what lets it go first: two dear answers at
 * once are both there when the second would be, one behind the other the first is there in half the time.
 */
export const useSeries = (
  comparison: AccuracyComparison,
  request: CompareRequest,
  { segment, chunk: cut }: Pick<Selection, 'segment' | 'chunk'>,
  after?: After,
): { chunk: SeriesChunk; series: JobDocument<AccuracySeries>; behind: After } => {
  const client = useClient();
  const suitable = useMemo(() => suitableChunk(comparison, segment), [comparison, segment]);
  const chunk = cut ?? suitable;
  const wanted = useMemo(
    () => seriesRequest(comparison, request, segment, chunk),
    [comparison, request, segment, chunk],
  );
  const key = useMemo(() => ['series', wanted], [wanted]);
  const series = useJobQuery(key, () => client.accuracy.series(wanted), { after });
  const settled = useSettled(key);
  const behind = useCallback(async () => {
    await after?.();
    await settled();
  }, [after, settled]);
  return { chunk, series, behind };
};

/** A segment is picked in the table, days in the charts: each filters the others and not itself. */
export const useSlices = (
  comparison: AccuracyComparison,
  request: CompareRequest,
  { segment, days }: Pick<Selection, 'segment' | 'days'>,
  after?: After,
): { byDays: Slice; inside: Slice } => ({
  byDays: useSlice(
    comparison,
    request,
    useMemo(() => ({ segment: {}, days }), [days]),
    after,
  ),
  inside: useSlice(
    comparison,
    request,
    useMemo(() => ({ segment, days }), [segment, days]),
    after,
  ),
});
