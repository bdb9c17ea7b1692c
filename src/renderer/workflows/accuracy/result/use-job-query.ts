import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toWorkbenchError } from '../../../../shared/fault.ts';
import type { JobTicket } from '../../../../shared/model/job.ts';
import type { Progress } from '../../../../shared/model/progress.ts';
import { runJob } from '../../../../shared/run-job.ts';
import { useClient } from '../../../client/use-connection.ts';
import { noteAnswer } from '../../../evidence/answer-times.ts';

export type JobDocument<T> =
  | { status: 'running'; progress: Progress | null; startedAt: number; cancel(): void }
  | { status: 'cancelled'; retry(): void }
  | { status: 'failed'; error: Error; retry(): void }
  | { status: 'done'; document: T };

/** What a job lets go first; it never fails. */
export type After = () => Promise<void>;

interface Pace {
  startedAt: number;
  progress: Progress | null;
}

/** Short jobs take their steps faster than anybody reads them, and each step shown is a picture of the whole page. */
const SHOWN_EVERY_MS = 500;

/** The latest of what comes, at that pace; what is left when it stops is not shown. */
const paced = (show: (progress: Progress) => void) => {
  let latest: Progress;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    push: (progress: Progress) => {
      latest = progress;
      timer ??= setTimeout(() => {
        timer = undefined;
        show(latest);
      }, SHOWN_EVERY_MS);
    },
    stop: () => clearTimeout(timer),
  };
};

/** Waits while what is kept under this key is being asked for, however that ends. */
export const useSettled = (key: QueryKey): After => {
  const queries = useQueryClient();
  return useCallback(async () => {
    await queries
      .getQueryCache()
      .find({ queryKey: key, exact: true })
      ?.promise?.catch(() => undefined);
  }, [queries, key]);
};

/**
 * A document that a job computes, kept in the query cache: the same request is answered at once, and leaving before it
 * is done cancels the job. A page that asks for what the page before it has just let go of is handed the cancelled work:
 * it asks once more.
 */
export const useJobQuery = <T>(
  key: QueryKey,
  begin: () => Promise<JobTicket<T>>,
  { enabled = true, after }: { enabled?: boolean; after?: After | undefined } = {},
): JobDocument<T> => {
  const client = useClient();
  const queries = useQueryClient();
  const [pace, setPace] = useState<Pace>(() => ({ startedAt: Date.now(), progress: null }));
  const query = useQuery({
    queryKey: key,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }) => {
      setPace({ startedAt: Date.now(), progress: null });
      await after?.();
      signal.throwIfAborted();
      const asked = performance.now();
      const steps = paced((progress) => setPace((before) => ({ ...before, progress })));
      try {
        const document = await runJob<T>(client, begin(), { signal, onProgress: steps.push });
        return noteAnswer(document, performance.now() - asked);
      } finally {
        steps.stop();
      }
    },
  });
  const cancel = useCallback(() => void queries.cancelQueries({ queryKey: key, exact: true }), [queries, key]);
  const { refetch } = query;
  const retry = useCallback(() => void refetch(), [refetch]);
  const letGo = query.error !== null && toWorkbenchError(query.error).code === 'CANCELLED';
  const askedAgain = useRef<QueryKey | null>(null);
  const asksAgain = letGo && askedAgain.current !== key;
  useEffect(() => {
    if (!asksAgain) return;
    askedAgain.current = key;
    void refetch();
  }, [asksAgain, key, refetch]);
  if (query.data !== undefined) return { status: 'done', document: query.data };
  if (asksAgain || query.fetchStatus === 'fetching') return { status: 'running', ...pace, cancel };
  if (query.error && !letGo) return { status: 'failed', error: toWorkbenchError(query.error), retry };
  return { status: 'cancelled', retry };
};
