import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { RunSummary } from '../../../shared/model/throughput-comparison.ts';
import { useClient } from '../../client/use-connection.ts';

const key = ['runs'];

/** Every recorded run, latest first. */
export const useRuns = () => {
  const client = useClient();
  return useQuery({ queryKey: key, queryFn: () => client.throughput.runs({}), staleTime: 10_000 });
};

/** To be called when runs were recorded: lists and histories are read again. */
export const useRunsChanged = () => {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({ queryKey: key });
    void queries.invalidateQueries({ queryKey: ['run-history'] });
  }, [queries]);
};

/** Makes a run the baseline of its workload, or takes that back. */
export const usePin = () => {
  const client = useClient();
  const changed = useRunsChanged();
  return useMutation({
    mutationFn: ({ run, baseline }: { run: string; baseline: boolean }) => client.throughput.pin({ run, baseline }),
    onSettled: changed,
  });
};

/** Runs that repeat each other as a person sees it: one workload, precision, batch, label, file and machine. */
export const repeatsOf = (run: RunSummary, list: readonly RunSummary[]): RunSummary[] => {
  const same = (other: RunSummary) =>
    other.workload.hash === run.workload.hash &&
    other.precision === run.precision &&
    other.batch === run.batch &&
    other.label === run.label &&
    other.fingerprintHash === run.fingerprintHash &&
    other.source?.sha256 === run.source?.sha256;
  return list.filter(same);
};

/** A run in a few words: label, else file, else workload. */
export const runName = (run: Pick<RunSummary, 'label' | 'source' | 'workload'>): string =>
  run.label ?? (run.source ? `${run.workload.id} (${run.source.file})` : run.workload.id);

/** Workload, precision and batch, as far as they are known. */
export const workloadName = ({
  workload,
  precision,
  batch,
}: Pick<RunSummary, 'workload' | 'precision' | 'batch'>): string =>
  [workload.id, precision ?? '', batch === null ? '' : `batch ${batch}`].filter(Boolean).join(', ');
