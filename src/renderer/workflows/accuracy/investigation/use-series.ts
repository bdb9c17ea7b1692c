import { useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { AccuracySeries } from '../../../../shared/model/series.ts';
import { type SeriesChunk, suitableChunk } from '../../../../shared/series-chunk.ts';
import { useClient } from '../../../client/use-connection.ts';
import { type Selection, useSelection } from '../result/route-selection.ts';
import { seriesRequest } from '../result/series-request.ts';
import { type JobDocument, useJobQuery } from '../result/use-job-query.ts';
import { type Slice, useSlice } from '../result/use-slice.ts';
import { useInvestigationPage } from './investigation-context.ts';

/** Panels beside the one where something was picked show only what is inside. */
export const useSlices = ({ segment, days }: Selection): { byDays: Slice; inside: Slice } => {
  const { comparison, request } = useInvestigationPage();
  const byDays = useSlice(
    comparison,
    request,
    useMemo(() => ({ segment: {}, days }), [days]),
  );
  const inside = useSlice(
    comparison,
    request,
    useMemo(() => ({ segment, days }), [segment, days]),
  );
  return { byDays, inside };
};

/** The series of what is picked in the address; of what was computed on opening it is there at once. */
export const useSeries = (
  comparison: AccuracyComparison,
): {
  selection: Selection;
  chunk: SeriesChunk;
  series: JobDocument<AccuracySeries>;
} => {
  const client = useClient();
  const { request } = useInvestigationPage();
  const selection = useSelection();
  const { segment } = selection;
  const chunk = selection.chunk ?? suitableChunk(comparison, segment);
  const wanted = useMemo(
    () => seriesRequest(comparison, request, segment, chunk),
    [comparison, request, segment, chunk],
  );
  const key = useMemo(() => ['series', wanted], [wanted]);
  return { selection, chunk, series: useJobQuery(key, () => client.accuracy.series(wanted)) };
};
