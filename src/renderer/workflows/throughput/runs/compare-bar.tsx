import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { RunSummary } from '../../../../shared/model/throughput-comparison.ts';
import { runMetricName, runMetrics } from '../../../../shared/throughput-words.ts';
import { counted } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { repeatsOf, runName, workloadName } from '../run-list.ts';
import { textOfRuns } from '../throughput-search.ts';
import classes from './compare-bar.module.css';
import type { Side } from './run-columns.tsx';
import type { Sides } from './use-sides.ts';

const hints: Record<Side, string> = {
  baseline: 'none yet: press B on a run, or its key b',
  candidate: 'none yet: press C on a run, or its key c',
};

const ChosenSide = ({ side, list, sides }: { side: Side; list: readonly RunSummary[]; sides: Sides }) => {
  const chosen = list.filter(({ id }) => sides[side].has(id));
  const [first] = chosen;
  const names = [...new Set(chosen.map((run) => `${workloadName(run)}${run.label ? `, ${run.label}` : ''}`))];
  const more = first ? repeatsOf(first, list).filter(({ id }) => !sides[side].has(id)) : [];
  return (
    <div className={classes.side} data-side={side}>
      <span className={classes.name}>{side}</span>
      {first ? (
        <span className={classes.words}>
          <b>{counted(chosen.length, 'run')}</b>{' '}
          <span className={classes.quiet} title={visibleText(names.join('; '))}>
            {visibleText(names.length === 1 ? names[0]! : `${runName(first)} and ${names.length - 1} other kinds`)}
          </span>
        </span>
      ) : (
        <span className={classes.quiet}>{hints[side]}</span>
      )}
      {first && more.length > 0 ? (
        <Button variant="subtle" size="compact-xs" onClick={() => sides.addRepeats(first, side)}>
          add {counted(more.length, 'more like it', 'more like it')}
        </Button>
      ) : null}
    </div>
  );
};

/** The pinned baselines of the chosen candidates' workloads. */
const pinnedFor = (list: readonly RunSummary[], candidate: ReadonlySet<string>): RunSummary[] => {
  const hashes = new Set(list.flatMap((run) => (candidate.has(run.id) ? [run.workload.hash] : [])));
  return list.filter((run) => run.baseline && hashes.has(run.workload.hash) && !candidate.has(run.id));
};

const missingSide = ({ baseline, candidate }: Sides): string | undefined =>
  baseline.size === 0 && candidate.size === 0
    ? 'choose the runs of both sides first'
    : baseline.size === 0
      ? 'choose a baseline first'
      : candidate.size === 0
        ? 'choose a candidate first'
        : undefined;

/** Both sides, and what is fixed before looking. */
export const CompareBar = ({ list, sides }: { list: readonly RunSummary[]; sides: Sides }) => {
  const navigate = useNavigate();
  const [delta, setDelta] = useState('3');
  const [metric, setMetric] = useState('throughput');
  const share = Number(delta.replace(',', '.')) / 100;
  const usable = share > 0 && share <= 0.9;
  const pinned = pinnedFor(list, sides.candidate);
  const disabled = missingSide(sides) ?? (usable ? undefined : 'the tolerance is a percentage above 0 and up to 90');
  const compare: Action = {
    id: 'compare-runs',
    title: 'Compare',
    description: 'the chosen candidate with the chosen baseline',
    group: 'Runs',
    keys: 'mod+enter',
    ...(disabled === undefined ? {} : { disabled }),
    run: () =>
      void navigate({
        to: '/throughput/compare',
        search: {
          baseline: textOfRuns([...sides.baseline], list) ?? '',
          candidate: textOfRuns([...sides.candidate], list) ?? '',
          ...(share === 0.03 ? {} : { delta: share }),
          ...(metric === 'throughput' ? {} : { metric }),
        },
      }),
  };
  const clear: Action = {
    id: 'clear-sides',
    title: 'Clear both sides',
    group: 'Runs',
    ...(sides.baseline.size + sides.candidate.size === 0 ? { disabled: 'nothing is chosen' } : {}),
    run: sides.clear,
  };
  useActions([compare, clear]);
  return (
    <div className={classes.bar}>
      <div className={classes.sides}>
        <ChosenSide side="candidate" list={list} sides={sides} />
        <ChosenSide side="baseline" list={list} sides={sides} />
        {sides.baseline.size === 0 && pinned.length > 0 ? (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() =>
              sides.choose(
                pinned.map(({ id }) => id),
                'baseline',
              )
            }
          >
            Use the pinned baseline
          </Button>
        ) : null}
      </div>
      <NativeSelect
        label="Primary metric"
        value={metric}
        data={Object.keys(runMetrics).map((value) => ({ value, label: runMetricName(value) }))}
        onChange={(event) => setMetric(event.currentTarget.value)}
      />
      <TextInput
        className={classes.delta}
        label="Tolerance ±, %"
        value={delta}
        inputMode="decimal"
        error={usable ? undefined : true}
        onChange={(event) => setDelta(event.currentTarget.value)}
      />
      {clear.disabled === undefined ? (
        <Button variant="subtle" onClick={clear.run}>
          Clear
        </Button>
      ) : null}
      <ActionButton action={compare} showKeys />
    </div>
  );
};
