import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { RunSummary } from '../../../../shared/model/throughput-comparison.ts';
import { throughputBlindSpot } from '../../../../shared/throughput-words.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import classes from '../panels.module.css';
import { usePin, useRuns } from '../run-list.ts';
import { CompareBar } from './compare-bar.tsx';
import { ImportPanel } from './import-panel.tsx';
import { RecordingView } from './recording-view.tsx';
import { runColumns, sideColumn } from './run-columns.tsx';
import { RunPanel } from './run-panel.tsx';
import { useRecording } from './use-recording.ts';
import { useSides } from './use-sides.ts';

const none: RunSummary[] = [];

const useAddActions = () => {
  const navigate = useNavigate();
  const { add } = useSearch({ from: '/throughput' });
  const open = useCallback(
    (next: 'run' | 'import' | undefined) =>
      void navigate({ to: '/throughput', search: (before) => ({ ...before, add: next }), resetScroll: false }),
    [navigate],
  );
  const run: Action = { id: 'add-run', title: 'Run a workload', group: 'Runs', keys: 'r', run: () => open('run') };
  const read: Action = {
    id: 'add-import',
    title: 'Import result files',
    group: 'Runs',
    keys: 'i',
    run: () => open('import'),
  };
  const history: Action = {
    id: 'run-history',
    title: 'History',
    description: 'of one workload over its runs',
    group: 'Runs',
    keys: 'h',
    run: () => void navigate({ to: '/throughput/history' }),
  };
  useActions([run, read, history]);
  return { add, open, run, read, history };
};

const RunsTable = ({ list }: { list: RunSummary[] }) => {
  const navigate = useNavigate();
  const sides = useSides(list);
  const pin = usePin();
  const { toggle, addRepeats } = sides;
  const columns = useMemo(
    () => [sideColumn({ baseline: sides.baseline, candidate: sides.candidate }, toggle), ...runColumns],
    [sides.baseline, sides.candidate, toggle],
  );
  const onRowKey = (run: RunSummary, key: string): boolean => {
    if (key === 'b' || key === 'c') toggle(run, key === 'b' ? 'baseline' : 'candidate');
    else if (key === 'B' || key === 'C') addRepeats(run, key === 'B' ? 'baseline' : 'candidate');
    else if (key === 'p') pin.mutate({ run: run.id, baseline: !run.baseline });
    else return false;
    return true;
  };
  return (
    <Panel title="Runs" flush>
      <CompareBar list={list} sides={sides} />
      <DataTable
        label="Runs"
        noun="runs"
        columns={columns}
        rows={list}
        rowKey={(run) => run.id}
        onActivate={(run) => void navigate({ to: '/throughput/runs/$run', params: { run: run.id } })}
        onRowKey={onRowKey}
        isProvisional={(run) => !run.valid}
        maxHeight={560}
      />
      <p className={classes.footing}>
        Enter opens a run; b and c put it on a side, B and C with all that repeat it, p pins it as the baseline of its
        workload. {throughputBlindSpot}
      </p>
      {pin.isError ? (
        <ErrorState title="The baseline could not be pinned" error={pin.error} onRetry={pin.reset} />
      ) : null}
    </Panel>
  );
};

/** Where the throughput axis begins: what was measured, and the ways to measure more. */
export const RunsPage = () => {
  const runs = useRuns();
  const list = runs.data ?? none;
  const { add, open, run, read, history } = useAddActions();
  const job = useRecording();
  const sides = useSides(list);
  return (
    <>
      <PageHeader
        title="Runs"
        trail="Throughput"
        actions={
          <>
            <ActionButton action={history} variant="default" showKeys />
            <ActionButton action={read} icon="download" variant="default" showKeys />
            <ActionButton action={run} icon="machine" showKeys />
          </>
        }
      >
        The same workload on the same executor, then and now: measure it here, or bring the result files of your own
        harness.
      </PageHeader>
      <div className={classes.page}>
        {add === 'run' ? <RunPanel job={job} onClose={() => open(undefined)} /> : null}
        {add === 'import' ? <ImportPanel job={job} onClose={() => open(undefined)} /> : null}
        <RecordingView job={job} sides={sides} />
        {runs.isError ? (
          <ErrorState title="The runs could not be listed" error={runs.error} onRetry={() => void runs.refetch()} />
        ) : !runs.data ? (
          <LoadingState what="the runs" height={220} />
        ) : list.length === 0 ? (
          <EmptyState
            title="No runs in this workspace yet"
            actions={
              <>
                <ActionButton action={run} icon="machine" />
                <ActionButton action={read} icon="download" variant="default" />
                <Button variant="subtle" component={Link} to="/which">
                  Model or machine?
                </Button>
              </>
            }
          >
            Run the built-in ONNX workload: it needs nothing but this machine and takes some minutes. Or import result
            files of MLPerf, vLLM, llama-bench, hyperfine and others. Run it again after a change, then compare.
          </EmptyState>
        ) : (
          <RunsTable list={list} />
        )}
      </div>
    </>
  );
};
