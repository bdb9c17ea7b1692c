import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Choice, Investigation } from '../../../../shared/model/investigation.ts';
import { useClient } from '../../../client/use-connection.ts';

export const investigationKey = (id: string) => ['investigation', id] as const;
const historyKey = (id: string) => ['investigation-history', id] as const;

export const useInvestigation = (id: string) => {
  const client = useClient();
  return useQuery({
    queryKey: investigationKey(id),
    queryFn: () => client.investigations.get({ investigation: id }),
  });
};

/** The documents behind it: another comparison has other documents, so they are kept by their hashes. */
export const useDocuments = (investigation: Investigation) => {
  const client = useClient();
  const { id, attachments } = investigation;
  return useQuery({
    queryKey: ['investigation-documents', id, attachments],
    queryFn: () => client.investigations.documents({ investigation: id }),
    staleTime: Number.POSITIVE_INFINITY,
  });
};

export const useStatements = (investigation: Investigation) => {
  const client = useClient();
  const { id, attachments } = investigation;
  return useQuery({
    queryKey: ['investigation-statements', id, attachments.statements],
    queryFn: () => client.investigations.statements({ investigation: id }),
    staleTime: Number.POSITIVE_INFINITY,
  });
};

export const useHistory = (id: string) => {
  const client = useClient();
  return useQuery({
    queryKey: historyKey(id),
    queryFn: () => client.investigations.history({ investigation: id }),
  });
};

/** Takes the answer of the workbench over, and lets the lists that mention the investigation be read again. */
export const useTakeOver = () => {
  const queries = useQueryClient();
  return (investigation: Investigation) => {
    queries.setQueryData(investigationKey(investigation.id), investigation);
    void queries.invalidateQueries({ queryKey: historyKey(investigation.id) });
    void queries.invalidateQueries({ queryKey: ['investigations'] });
  };
};

/** Records a choice: one entry of the log. */
export const useChoose = (id: string) => {
  const client = useClient();
  const takeOver = useTakeOver();
  return useMutation({
    mutationFn: (choice: Choice) => client.investigations.choose({ investigation: id, choice }),
    onSuccess: takeOver,
  });
};

/** Takes one entry back, or the latest that can be; taking back a taking back brings it again. */
export const useUndo = (id: string) => {
  const client = useClient();
  const queries = useQueryClient();
  const takeOver = useTakeOver();
  return useMutation({
    mutationFn: (seq: number | undefined) =>
      client.investigations.undo(seq === undefined ? { investigation: id } : { investigation: id, seq }),
    onSuccess: async (investigation) => {
      // Redo is told from the history: what was taken back shows once it can be brought again.
      const queryFn = () => client.investigations.history({ investigation: id });
      await queries.fetchQuery({ queryKey: historyKey(id), queryFn, staleTime: 0 }).catch(() => undefined);
      takeOver(investigation);
    },
  });
};

const pauseMs = 2000;

/** Follows what another window or process writes: only what grew is read again. */
export const useFollow = (id: string): void => {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    const follow = async () => {
      while (!stop.signal.aborted) {
        try {
          const changes = await client.investigations.watch({ investigation: id }, { signal: stop.signal });
          for await (const { seq } of changes) {
            const known = queries.getQueryData<Investigation>(investigationKey(id))?.seq ?? 0;
            if (seq <= known) continue;
            await queries.invalidateQueries({ queryKey: investigationKey(id) });
            await queries.invalidateQueries({ queryKey: historyKey(id) });
          }
        } catch {
          // The workbench went away or the port closed: the pages say so where they read; here it is only tried again.
        }
        if (!stop.signal.aborted) await new Promise((done) => setTimeout(done, pauseMs));
      }
    };
    void follow();
    return () => stop.abort();
  }, [client, queries, id]);
};
