import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ThroughputComparison } from '../../../../shared/model/throughput-comparison.ts';
import { counted, duration } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { useJob } from '../../../client/use-job.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import { runName, useRuns, useRunsChanged } from '../run-list.ts';
import type { Recorded } from '../runs/use-recording.ts';
import { textOfRuns } from '../throughput-search.ts';
import classes from './again-dialog.module.css';
import { measureAgain, variablesOf } from './measure-again.ts';

interface AgainProps {
  comparison: ThroughputComparison;
  onClose(): void;
}

/** What the baseline was made of, and whether this machine can make it again. */
const useOrigin = (comparison: ThroughputComparison) => {
  const client = useClient();
  const first = comparison.baseline[0];
  const run = useQuery({
    queryKey: ['run', first?.id],
    enabled: first !== undefined,
    queryFn: () => client.throughput.get({ run: first!.id }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const workloads = useQuery({
    queryKey: ['workloads'],
    queryFn: ({ signal }) => client.throughput.workloads({}, { signal }),
    staleTime: 60_000,
  });
  return { first, run, workloads };
};

/** Goes to the comparison of what was measured: with variables its two halves, else all of it against the old baseline. */
const useOpenComparison = (comparison: ThroughputComparison) => {
  const navigate = useNavigate();
  const changed = useRunsChanged();
  const list = useRuns().data ?? [];
  return ({ runs }: Recorded) => {
    changed();
    const valid = runs.map(({ id, session }) => ({ id, side: session?.side ?? 'A' }));
    const halves = { A: valid.filter(({ side }) => side === 'A'), B: valid.filter(({ side }) => side === 'B') };
    const interleaved = halves.A.length > 0 && halves.B.length > 0;
    const text = (ids: readonly { id: string }[]) =>
      textOfRuns(
        ids.map(({ id }) => id),
        list,
      ) ?? '';
    const { delta, metric } = comparison.settings;
    void navigate({
      to: '/throughput/compare',
      search: {
        baseline: interleaved ? text(halves.A) : text(comparison.baseline),
        candidate: interleaved ? text(halves.B) : text(valid),
        ...(delta === 0.03 ? {} : { delta }),
        ...(metric === 'throughput' ? {} : { metric }),
      },
    });
  };
};

const Form = ({ comparison, onClose }: AgainProps) => {
  const client = useClient();
  const { first, run, workloads } = useOrigin(comparison);
  const open = useOpenComparison(comparison);
  const job = useJob<Recorded>((recorded) => {
    if (recorded.runs.length === 0) return;
    onClose();
    open(recorded);
  });
  const [repeat, setRepeat] = useState(String(Math.max(5, Math.min(60, comparison.runsNeeded ?? 5))));
  const [seconds, setSeconds] = useState('30');
  const [variables, setVariables] = useState('');
  if (job.run.status === 'running')
    return (
      <ProgressView
        title={job.run.title}
        progress={job.run.progress}
        startedAt={job.run.startedAt}
        onCancel={job.run.cancel}
        cancelNote="What was measured by then is kept in the list of runs."
      />
    );
  if (job.run.status === 'failed')
    return <ErrorState title="The workload could not be measured again" error={job.run.error} onRetry={job.reset} />;
  if (run.isError || workloads.isError)
    return <ErrorState title="The baseline could not be read" error={run.error ?? workloads.error} />;
  if (!first || !run.data || !workloads.data) return <LoadingState what="what the baseline executed" height={120} />;
  const parsed = variablesOf(variables);
  const times = Number(repeat);
  const long = Number(seconds.replace(',', '.'));
  const fault =
    parsed === null
      ? 'variables are written NAME=value, one a line'
      : !(Number.isInteger(times) && times >= 1 && times <= 1000)
        ? 'runs is a whole number from 1 to 1000'
        : long > 0
          ? null
          : 'seconds is a number above 0';
  const again = measureAgain(run.data, run.data.workload.definition, workloads.data.workloads, {
    repeat: times,
    seconds: long,
    label: `again: ${runName(first)}`.slice(0, 200),
    variables: parsed ?? {},
  });
  if ('reason' in again)
    return (
      <p>
        The baseline cannot be measured again here: {visibleText(again.reason)}. Import newer result files instead and
        choose them as the candidate.
      </p>
    );
  const interleaved = again.request.against !== undefined;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (fault === null)
          void job.start(`Measuring ${first.workload.id} again, ${counted(times * (interleaved ? 2 : 1), 'run')}`, () =>
            client.throughput.run(again.request),
          );
      }}
    >
      <p>
        Runs <b>{visibleText(first.workload.id)}</b> of the baseline again on this machine, each time in a fresh
        process.{' '}
        {interleaved
          ? 'With and without the variables, interleaved ABBA, and compares the two halves.'
          : 'The new runs are then the candidate against the recorded baseline: historical, not concurrent.'}
      </p>
      <div className={classes.row}>
        <TextInput
          label={interleaved ? 'Runs a side' : 'Runs'}
          value={repeat}
          onChange={(event) => setRepeat(event.currentTarget.value)}
          data-autofocus
        />
        {again.request.command ? null : (
          <TextInput
            label="Seconds a run"
            value={seconds}
            onChange={(event) => setSeconds(event.currentTarget.value)}
          />
        )}
      </div>
      <Textarea
        label="Held against itself under these variables (optional)"
        placeholder="CUDA_MODULE_LOADING=LAZY"
        value={variables}
        onChange={(event) => setVariables(event.currentTarget.value)}
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
      />
      <div className={classes.row}>
        <Button type="submit" disabled={fault !== null}>
          Measure and compare
        </Button>
        <span role="status">
          {fault ??
            (again.request.command
              ? 'as long as the command takes'
              : `at least ${duration(times * long * 1000 * (interleaved ? 2 : 1))}`)}
        </span>
      </div>
    </form>
  );
};

/** Measures the baseline's workload now, so that a comparison need not rest on old runs alone. */
export const AgainDialog = ({ opened, ...props }: AgainProps & { opened: boolean }) => (
  <Modal opened={opened} onClose={props.onClose} title="Compare now" size="lg">
    {opened ? <Form {...props} /> : null}
  </Modal>
);
