import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Workload } from '../../../../shared/model/workload.ts';
import { counted, duration } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import classes from './add-panel.module.css';
import { emptyDraft, leastMs, ownCommand, ownModel, type RunDraft, requestOfDraft } from './run-draft.ts';
import type { RecordingJob } from './use-recording.ts';

interface Choice {
  id: string;
  name: string;
  runner: string;
  text: string;
}

const own: Choice[] = [
  {
    id: ownModel,
    name: 'Your ONNX model',
    runner: 'onnx',
    text: 'A model file on this machine, with inputs drawn from a seed.',
  },
  {
    id: ownCommand,
    name: 'Your own harness',
    runner: 'command',
    text: 'Any command that prints a known result format or speaks the runner protocol.',
  },
];

const choiceOf = ({ id, runner, text }: Workload): Choice => ({ id, name: id, runner, text });

const Choices = ({
  choices,
  chosen,
  onChoose,
}: {
  choices: readonly Choice[];
  chosen: string;
  onChoose(id: string): void;
}) => (
  <fieldset className={classes.workloads}>
    <legend className={classes.legend}>What to run</legend>
    {choices.map(({ id, name, runner, text }) => (
      <label key={id} className={classes.workload}>
        <input type="radio" name="workload" value={id} checked={chosen === id} onChange={() => onChoose(id)} />
        <span>
          <b>{visibleText(name)}</b> <span className={classes.runner}>{runner}</span>
        </span>
        <p>{visibleText(text)}</p>
      </label>
    ))}
  </fieldset>
);

/** What this machine cannot run, each reason once: a dozen cards that say the same would hide those that can be chosen. */
const Unavailable = ({ workloads }: { workloads: readonly Workload[] }) => {
  const byReason = [...Map.groupBy(workloads, ({ unavailable }) => unavailable ?? '')].filter(([reason]) => reason);
  return byReason.map(([reason, refused]) => (
    <p key={reason} className={classes.quiet}>
      <b>{counted(refused.length, 'workload')} not on this machine:</b> {visibleText(reason)} (
      {visibleText(refused.map(({ id }) => id).join(', '))})
    </p>
  ));
};

const Fields = ({
  draft,
  workloads,
  put,
}: {
  draft: RunDraft;
  workloads: readonly Workload[];
  put(change: Partial<RunDraft>): void;
}) => {
  const precisions = workloads.find(({ id }) => id === draft.workload)?.precisions ?? [];
  const field = (name: keyof RunDraft, label: string, description: string, className = classes.small) => (
    <TextInput
      className={className}
      label={label}
      description={description}
      value={draft[name]}
      onChange={(event) => put({ [name]: event.currentTarget.value })}
      spellCheck={false}
      autoComplete="off"
    />
  );
  return (
    <>
      {draft.workload === ownModel
        ? field('path', 'Path of the model', 'an .onnx file; what lies beside it belongs to it', classes.wide)
        : null}
      {draft.workload === ownCommand
        ? field(
            'command',
            'Command',
            'as in a terminal; one call is one run, its output is read by content',
            classes.wide,
          )
        : null}
      <div className={classes.row}>
        {precisions.length > 0 ? (
          <NativeSelect
            className={classes.small}
            label="Precision"
            description="as it is computed"
            value={draft.precision}
            data={precisions}
            onChange={(event) => put({ precision: event.currentTarget.value })}
          />
        ) : null}
        {draft.workload === ownCommand ? null : field('batch', 'Batch', 'empty: the usual')}
        {draft.workload === ownCommand ? null : field('seconds', 'Seconds a run', 'after warm-up')}
        {field('repeat', 'Repeat', 'a run is a replicate')}
        {field('label', 'Label', 'what is special about these runs, such as a driver version', classes.wide)}
      </div>
    </>
  );
};

/** Measures a workload of this machine, or one's own, several times in fresh processes. */
export const RunPanel = ({ job, onClose }: { job: RecordingJob; onClose(): void }) => {
  const client = useClient();
  const workloads = useQuery({
    queryKey: ['workloads'],
    queryFn: ({ signal }) => client.throughput.workloads({}, { signal }),
    staleTime: 60_000,
  });
  const found = workloads.data?.workloads ?? [];
  const [typed, setDraft] = useState<RunDraft>(emptyDraft);
  const first =
    found.find(({ unavailable, runner }) => unavailable === undefined && runner === 'onnx') ??
    found.find(({ unavailable }) => unavailable === undefined);
  const draft =
    typed.workload === '' && first ? { ...typed, workload: first.id, precision: first.precisions[0] ?? '' } : typed;
  const outcome = requestOfDraft(draft, found);
  const fault = 'fault' in outcome ? outcome.fault : undefined;
  const busy = job.run.status === 'running' ? 'runs are being recorded' : undefined;
  const least = 'request' in outcome ? leastMs(outcome.request) : null;
  const measure: Action = {
    id: 'measure',
    title: 'Measure',
    group: 'Runs',
    keys: 'mod+shift+enter',
    ...((busy ?? fault) === undefined ? {} : { disabled: busy ?? fault ?? '' }),
    run: () => {
      if (!('request' in outcome)) return;
      const { request } = outcome;
      const name = request.workload ?? request.command?.argv[0] ?? 'a command';
      job.start(`Measuring ${name}, ${counted(request.repeat, 'run')}`, () => client.throughput.run(request));
    },
  };
  useActions([measure]);
  return (
    <Panel
      title="Run a workload"
      note="each run is a fresh process; nothing else should be busy meanwhile"
      actions={
        <Button variant="subtle" color="gray" size="compact-xs" onClick={onClose}>
          Close
        </Button>
      }
    >
      {workloads.isError ? (
        <ErrorState
          title="The workloads could not be listed"
          error={workloads.error}
          onRetry={() => void workloads.refetch()}
        />
      ) : !workloads.data ? (
        <LoadingState what="what this machine can run" height={180} />
      ) : (
        <div className={classes.column}>
          <Choices
            choices={[...found.filter(({ unavailable }) => unavailable === undefined).map(choiceOf), ...own]}
            chosen={draft.workload}
            onChoose={(workload) =>
              setDraft({ ...draft, workload, precision: found.find(({ id }) => id === workload)?.precisions[0] ?? '' })
            }
          />
          <Unavailable workloads={found} />
          <Fields draft={draft} workloads={found} put={(change) => setDraft({ ...draft, ...change })} />
          <div className={classes.row}>
            <ActionButton action={measure} showKeys />
            <span className={classes.quiet} role="status">
              {fault ??
                (least === null
                  ? 'as long as the command takes'
                  : `at least ${duration(least)} of measuring; five runs a side are the fewest for a verdict that is not provisional`)}
            </span>
          </div>
        </div>
      )}
    </Panel>
  );
};
