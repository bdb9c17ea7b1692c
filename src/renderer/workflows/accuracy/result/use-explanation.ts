import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { useClient } from '../../../client/use-connection.ts';
import type { WorkbenchClient } from '../../../client/workbench-client.ts';
import { noteAnswer } from '../../../evidence/answer-times.ts';
import { atRest } from '../../../ui/at-rest.ts';
import { isPicked, type Selection, useSelection } from './route-selection.ts';

type Picked = Pick<Selection, 'segment' | 'days' | 'errorsOnly'>;

const explanationOf = (
  client: WorkbenchClient,
  comparison: AccuracyComparison,
  request: CompareRequest,
  { segment, days, errorsOnly }: Picked,
) => {
  const wanted = {
    request: { ...request, asOf: comparison.asOf },
    selection: {
      ...(Object.keys(segment).length > 0 ? { segment } : {}),
      ...(days ? { days } : {}),
      errorsOnly,
    },
  };
  return queryOptions({
    queryKey: ['explain selection', wanted],
    queryFn: async ({ signal }) => {
      const asked = performance.now();
      return noteAnswer(await client.accuracy.explainSelection(wanted, { signal }), performance.now() - asked);
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
};

const useOptions = (comparison: AccuracyComparison, request: CompareRequest, { segment, days, errorsOnly }: Picked) => {
  const client = useClient();
  return useMemo(
    () => explanationOf(client, comparison, request, { segment, days, errorsOnly }),
    [client, comparison, request, segment, days, errorsOnly],
  );
};

/** What is different inside the selection, against the rest of the same window. */
export const useExplanation = (comparison: AccuracyComparison, request: CompareRequest, picked: Picked) =>
  useQuery(useOptions(comparison, request, picked));

/**
 * Asks as soon as something is picked, before a picture that follows later has been drawn for it. Nothing is drawn again when the
 * answer comes: whoever shows it looks at the same one.
 */
export const useEarlyExplanation = (comparison: AccuracyComparison, request: CompareRequest): void => {
  const selection = useSelection();
  useQuery({
    ...useOptions(comparison, request, selection),
    enabled: isPicked(selection),
    notifyOnChangeProps: [],
  });
};

const explained = async (queries: QueryClient, options: ReturnType<typeof explanationOf>): Promise<void> => {
  // One that failed is asked again by a person, not by everything that would have waited for it.
  if (queries.getQueryState(options.queryKey)?.status === 'error') return;
  await queries.ensureQueryData(options).catch(() => undefined);
};

/**
 * What a pick asks for besides is many times dearer and shares the same cores: beside it the explanation took as long as all of it
 * together. Behind it, the rest is there hardly later.
 */
export const useBehindExplanation = (
  comparison: AccuracyComparison,
  request: CompareRequest,
  picked: Picked,
): (() => Promise<void>) => {
  const queries = useQueryClient();
  const options = useOptions(comparison, request, picked);
  const waits = isPicked(picked);
  return useCallback(async () => {
    if (waits) await explained(queries, options);
  }, [queries, options, waits]);
};

/** Whoever acts does not share the cores with what is read ahead. */
const AT_REST_MS = 1000;

/** Reads ahead for the first pick, once the page has what it asks for itself; whether that works shows when something is picked. */
export const usePreparedSelections = (request: CompareRequest, ready: boolean): void => {
  const client = useClient();
  useQuery({
    queryKey: ['prepared selections', request],
    queryFn: async ({ signal }) => {
      await atRest(AT_REST_MS, signal);
      signal.throwIfAborted();
      return client.accuracy.prepareSelections(request, { signal });
    },
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    notifyOnChangeProps: [],
  });
};
