import { useIntersection } from '@mantine/hooks';
import { type QueryKey, useQuery } from '@tanstack/react-query';
import { type RefCallback, useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { SliceRequest } from '../../../../shared/model/request.ts';
import { runJob } from '../../../../shared/run-job.ts';
import { useClient } from '../../../client/use-connection.ts';
import { noteAnswer } from '../../../evidence/answer-times.ts';

export interface SeenAnswer<T> {
  /** Null until it is there. */
  document: T | null;
  error: Error | null;
  retry(): void;
  /** Marks the place where the answer will stand, while it is empty. */
  place: RefCallback<HTMLElement>;
}

/** What a slice left out and is asked for once somebody looks at its place. */
const useWhenSeen = <T extends object>(
  key: QueryKey,
  ask: (signal: AbortSignal) => Promise<T>,
  /** What is there without asking. */
  known: T | null,
): SeenAnswer<T> => {
  const { ref: place, entry } = useIntersection<HTMLElement>();
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const asked = performance.now();
      return noteAnswer(await ask(signal), performance.now() - asked);
    },
    enabled: known === null && (entry?.isIntersecting ?? false),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { data, error, refetch } = query;
  const document = known ?? data ?? null;
  return useMemo(() => ({ document, error, retry: () => void refetch(), place }), [document, error, refetch, place]);
};

/** The drift of each feature. */
export const useFeatureDrift = (
  comparison: AccuracyComparison,
  request: SliceRequest,
): SeenAnswer<Pick<AccuracyComparison, 'featureDrift'>> => {
  const client = useClient();
  return useWhenSeen(
    ['feature drift', request],
    (signal) => client.accuracy.featureDrift(request, { signal }),
    request.featureDrift === false ? null : comparison,
  );
};

/** The comparison with its segments and what rests on them: of what kind the change is and since when. */
export const useExplained = (comparison: AccuracyComparison, request: SliceRequest): SeenAnswer<AccuracyComparison> => {
  const client = useClient();
  const { segments, explanation, ...whole } = request;
  return useWhenSeen(
    ['explained', request],
    (signal) => runJob<AccuracyComparison>(client, client.accuracy.slice(whole), { signal }),
    segments === false || explanation === false ? null : comparison,
  );
};
