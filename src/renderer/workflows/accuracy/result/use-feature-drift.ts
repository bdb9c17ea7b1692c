import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { FeatureDrift } from '../../../../shared/model/drift.ts';
import type { SliceRequest } from '../../../../shared/model/request.ts';
import { useClient } from '../../../client/use-connection.ts';
import { noteAnswer } from '../../../evidence/answer-times.ts';

export interface FeatureDriftAnswer {
  /** Where the features stand in a document; null until they are there. */
  document: { featureDrift: FeatureDrift[] } | null;
  error: Error | null;
  retry(): void;
}

/**
 * The drift of each feature: from the comparison, or, where a slice left it out, asked for once somebody looks. It is the dearest
 * part of a slice and stands at the end of the page.
 */
export const useFeatureDrift = (
  comparison: AccuracyComparison,
  request: SliceRequest,
  looking: boolean,
): FeatureDriftAnswer => {
  const client = useClient();
  const leftOut = request.featureDrift === false;
  const query = useQuery({
    queryKey: ['feature drift', request],
    queryFn: async ({ signal }) => {
      const asked = performance.now();
      const { features } = await client.accuracy.featureDrift(request, { signal });
      return noteAnswer({ featureDrift: features }, performance.now() - asked);
    },
    enabled: leftOut && looking,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { data, error, refetch } = query;
  return useMemo(
    () => ({ document: leftOut ? (data ?? null) : comparison, error, retry: () => void refetch() }),
    [leftOut, data, comparison, error, refetch],
  );
};
