import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { HistoryRequest } from '../../../../shared/model/history.ts';
import { counted } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import panels from '../panels.module.css';
import { useRuns } from '../run-list.ts';
import classes from './history-panel.module.css';
import { HistoryPanel } from './history-panel.tsx';

const presetWords = [
  { value: 'default', label: 'default' },
  { value: 'otava', label: 'as Otava' },
];

const RunOne = ({ variant = 'filled' }: { variant?: 'filled' | 'default' }) => {
  const navigate = useNavigate();
  return (
    <Button variant={variant} onClick={() => void navigate({ to: '/throughput', search: { add: 'run' } })}>
      Run a workload
    </Button>
  );
};

const Histories = ({ workload, preset }: { workload: string; preset: 'default' | 'otava' }) => {
  const client = useClient();
  const navigate = useNavigate();
  const request = useMemo(() => HistoryRequest.parse({ source: { workload }, preset }), [workload, preset]);
  const history = useQuery({
    queryKey: ['run-history', request],
    queryFn: ({ signal }) => client.throughput.history(request, { signal }),
    staleTime: 30_000,
    retry: false,
  });
  if (history.isError)
    return (
      <ErrorState
        title="The history could not be computed"
        error={history.error}
        onRetry={() => void history.refetch()}
      />
    );
  if (!history.data) return <LoadingState what="the runs of this workload" height={360} />;
  const { series, notes } = history.data;
  if (series.length === 0)
    return (
      <EmptyState title="Nothing to draw for this workload" actions={<RunOne variant="default" />}>
        {notes.length > 0 ? visibleText(notes.join('; ')) : 'No valid run with a number is recorded.'}
      </EmptyState>
    );
  return (
    <>
      {series.map((one, at) => (
        <HistoryPanel
          key={`${one.name} ${one.unit}`}
          history={history.data}
          series={one}
          at={at}
          workload={workload}
          onOpen={(run) => void navigate({ to: '/throughput/runs/$run', params: { run } })}
        />
      ))}
      {notes.length > 0 ? (
        <ul className={panels.list}>
          {notes.map((note) => (
            <li key={note} className={panels.quiet}>
              {visibleText(note)}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
};

/** One workload over all its runs: since when, and what changed there. */
export const RunHistoryPage = () => {
  const navigate = useNavigate();
  const search = useSearch({ from: '/throughput/history' });
  const runs = useRuns();
  const workloads = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { workload } of runs.data ?? []) counts.set(workload.id, (counts.get(workload.id) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  }, [runs.data]);
  const workload = search.workload ?? workloads[0]?.[0];
  const preset = search.preset ?? 'default';
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/throughput/history', search: { ...search, ...change }, replace: true, resetScroll: false });
  return (
    <>
      <PageHeader
        title="History"
        trail={<Link to="/throughput">Throughput: runs</Link>}
        actions={
          workload === undefined ? null : (
            <div className={classes.controls}>
              <NativeSelect
                className={classes.workload}
                label="Workload"
                value={workload}
                data={[
                  ...workloads.map(([id, n]) => ({ value: id, label: `${visibleText(id)} (${counted(n, 'run')})` })),
                  ...(workloads.some(([id]) => id === workload)
                    ? []
                    : [{ value: workload, label: visibleText(workload) }]),
                ]}
                onChange={(event) => go({ workload: event.currentTarget.value })}
              />
              <SegmentedControl
                aria-label="How changes are found"
                data={presetWords}
                value={preset}
                onChange={(value) => go({ preset: value === 'otava' ? 'otava' : undefined })}
              />
            </div>
          )
        }
      >
        Runs of one workload in their order. A change point is where the level moved for good; a changed fingerprint
        beside it is a reason to look, no proof.
      </PageHeader>
      <div className={panels.page}>
        {runs.isError ? (
          <ErrorState title="The runs could not be listed" error={runs.error} onRetry={() => void runs.refetch()} />
        ) : !runs.data ? (
          <LoadingState what="the runs" height={360} />
        ) : workload === undefined ? (
          <EmptyState title="No runs in this workspace yet" actions={<RunOne />}>
            A history needs runs: measure a workload, or import result files. A change can be told from six runs on.
          </EmptyState>
        ) : (
          <Histories workload={workload} preset={preset} />
        )}
      </div>
    </>
  );
};
