import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { runTimeOf } from '../../../../shared/charts/run-time.ts';
import type { ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { fileStem } from '../../../evidence/evidence.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { downloadJson } from '../../../ui/download.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import panels from '../panels.module.css';
import { repeatsOf, usePin, useRuns } from '../run-list.ts';
import { textOfRuns } from '../throughput-search.ts';
import { CoursePanel } from './course-panel.tsx';
import { DeclaredPanel, ReportedPanel } from './declared-panel.tsx';
import { DefinitionPanel } from './definition-panel.tsx';
import { DistributionPanel } from './distribution-panel.tsx';
import { FingerprintPanel } from './fingerprint-panel.tsx';
import { NumbersPanel } from './numbers-panel.tsx';
import { ReadingsPanel } from './readings-panel.tsx';
import { captionOf } from './run-evidence.ts';
import { SamplesPanel } from './samples-panel.tsx';

const trail = <Link to="/throughput">Throughput: runs</Link>;

const useRunActions = (run: ThroughputRun) => {
  const navigate = useNavigate();
  const list = useRuns().data ?? [];
  const pin = usePin();
  const own = list.find(({ id }) => id === run.id);
  const pinned = list.find(({ baseline, workload }) => baseline && workload.hash === run.workload.hash);
  const candidates = own ? repeatsOf(own, list).map(({ id }) => id) : [run.id];
  const pinAction: Action = {
    id: 'pin-run',
    title: own?.baseline ? 'Unpin the baseline' : 'Pin as baseline',
    description: own?.baseline
      ? 'no run is the baseline of this workload then'
      : 'later runs of this workload are held against it',
    group: 'Run',
    keys: 'p',
    ...(own === undefined || pin.isPending ? { disabled: 'the list of runs is being read' } : {}),
    run: () => pin.mutate({ run: run.id, baseline: !own?.baseline }),
  };
  const compare: Action = {
    id: 'compare-with-baseline',
    title: 'Compare with the baseline',
    description: 'all runs that repeat this one, against the pinned baseline and its repeats',
    group: 'Run',
    keys: 'c',
    ...(pinned === undefined
      ? { disabled: 'no run of this workload is pinned as the baseline yet' }
      : candidates.includes(pinned.id)
        ? { disabled: 'this run repeats the baseline itself' }
        : {}),
    run: () =>
      pinned &&
      void navigate({
        to: '/throughput/compare',
        search: {
          baseline:
            textOfRuns(
              repeatsOf(pinned, list).map(({ id }) => id),
              list,
            ) ?? pinned.id,
          candidate: textOfRuns(candidates, list) ?? run.id,
        },
      }),
  };
  const history: Action = {
    id: 'history-of-workload',
    title: 'History',
    description: 'of this workload over its runs',
    group: 'Run',
    keys: 'h',
    run: () => void navigate({ to: '/throughput/history', search: { workload: run.workload.id } }),
  };
  useActions([pinAction, compare, history]);
  return { pinAction, compare, history, pin, baseline: own?.baseline ?? false };
};

const Invalid = ({ reasons }: { reasons: readonly string[] }) => (
  <section className={panels.faults} aria-label="Why this run is invalid">
    <h2>
      <Icon name="warning" size={15} /> This run is invalid: its numbers decide nothing
    </h2>
    <ul className={panels.list}>
      {reasons.map((reason) => (
        <li key={reason}>{visibleText(reason)}</li>
      ))}
    </ul>
  </section>
);

const Loaded = ({ run }: { run: ThroughputRun }) => {
  const time = useMemo(() => runTimeOf(run), [run]);
  const { pinAction, compare, history, pin, baseline } = useRunActions(run);
  const name = visibleText(run.label ?? run.workload.id);
  return (
    <>
      <PageHeader
        title={<bdi>{name}</bdi>}
        trail={trail}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<Icon name="download" />}
              onClick={() => downloadJson(`${fileStem('run', run.workload.id, run.id)}.json`, run)}
            >
              Save run as JSON
            </Button>
            <ActionButton action={history} variant="default" showKeys />
            <ActionButton action={pinAction} variant="default" showKeys />
            <ActionButton action={compare} showKeys />
          </>
        }
      >
        {baseline ? <b>Baseline. </b> : null}
        {captionOf(run, '')}
        {run.startedAt === null ? `; when it ran is unknown${run.source ? ': the file does not say' : ''}` : ''}
        {run.executor.name === null ? `; executor unknown: ${visibleText(run.executor.reason ?? 'not recorded')}` : ''}
        {run.executor.kind === 'software' ? '; a software adapter: this is the CPU' : ''}
      </PageHeader>
      <div className={panels.page}>
        {pin.isError ? (
          <ErrorState title="The baseline could not be pinned" error={pin.error} onRetry={pin.reset} />
        ) : null}
        {run.valid ? null : <Invalid reasons={run.invalidReasons} />}
        {run.samples.length === 0 ? (
          <NumbersPanel run={run} />
        ) : (
          <div className={panels.pair}>
            <NumbersPanel run={run} />
            <DistributionPanel run={run} />
          </div>
        )}
        <SamplesPanel run={run} time={time} />
        <ReadingsPanel run={run} time={time} />
        <CoursePanel run={run} />
        {run.declared?.length || run.reported?.length ? (
          <div className={run.declared?.length && run.reported?.length ? panels.pair : panels.stack} data-wide="none">
            {run.declared?.length ? <DeclaredPanel run={run} /> : null}
            {run.reported?.length ? <ReportedPanel run={run} /> : null}
          </div>
        ) : null}
        <div className={panels.pair} data-wide="none">
          <FingerprintPanel run={run} />
          <DefinitionPanel run={run} />
        </div>
      </div>
    </>
  );
};

/** One run: what was executed, what was counted, what was left out and why. */
export const RunPage = () => {
  const { run: id } = useParams({ from: '/throughput/runs/$run' });
  const client = useClient();
  const run = useQuery({
    queryKey: ['run', id],
    queryFn: () => client.throughput.get({ run: id }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (run.data) return <Loaded run={run.data} />;
  return (
    <>
      <PageHeader title="Run" trail={trail}>
        {visibleText(id)}
      </PageHeader>
      {run.isError ? (
        <ErrorState
          title="The run could not be read"
          error={run.error}
          onRetry={() => void run.refetch()}
          actions={
            <Button variant="default" component={Link} to="/throughput">
              Go to the runs
            </Button>
          }
        />
      ) : (
        <LoadingState what="the run" height={260} />
      )}
    </>
  );
};
