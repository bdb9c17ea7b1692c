import { useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest, SliceRequest } from '../../../../shared/model/request.ts';
import { useClient } from '../../../client/use-connection.ts';
import type { Selection } from './route-selection.ts';
import { sliceRequest } from './slice.ts';
import { type After, type JobDocument, useJobQuery } from './use-job-query.ts';

export interface Slice {
  /** What the panels show: the slice once it is there, until then what was there before. */
  comparison: AccuracyComparison;
  request: SliceRequest;
  /** Null when nothing filters. */
  job: JobDocument<AccuracyComparison> | null;
}

/** The panels beside the one where something was picked show only what is inside. */
export const useSlice = (
  comparison: AccuracyComparison,
  request: CompareRequest,
  picked: Pick<Selection, 'segment' | 'days'>,
  after?: After,
): Slice => {
  const client = useClient();
  const wanted = useMemo(() => sliceRequest(comparison, request, picked), [comparison, request, picked]);
  const key = useMemo(() => ['slice', wanted ?? 'whole', request], [wanted, request]);
  const job = useJobQuery(key, () => client.accuracy.slice(wanted ?? request), { enabled: wanted !== null, after });
  return wanted && job.status === 'done'
    ? { comparison: job.document, request: wanted, job }
    : { comparison, request, job: wanted ? job : null };
};
