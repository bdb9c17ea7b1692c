import { useMemo } from 'react';
import type { AccuracySeries } from '../../../../shared/model/series.ts';
import { useClient } from '../../../client/use-connection.ts';
import { type Selection, type SeriesChunk, useSelection } from '../result/route-selection.ts';
import { seriesRequest, suitableChunk } from '../result/series-request.ts';
import { type JobDocument, useJobQuery } from '../result/use-job-query.ts';
import { useInvestigationPage } from './investigation-context.ts';

/** The series of what is picked in the address; of what was computed on opening it is there at once. */
export const useSeries = (): {
  selection: Selection;
  chunk: SeriesChunk;
  series: JobDocument<AccuracySeries>;
} => {
  const client = useClient();
  const { comparison, request } = useInvestigationPage();
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
