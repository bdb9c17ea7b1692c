import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { DatasetDetail } from '../../../../shared/model/dataset-detail.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import type { WindowRange } from '../../../../shared/model/window.ts';
import { instant, metricName, unitOf } from '../../../../shared/units.ts';
import { useClient } from '../../../client/use-connection.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import type { CompareSearch } from './compare-search.ts';
import { needsScores, taskMetrics } from './task-metrics.ts';
import { WindowTimeline } from './window-timeline.tsx';
import { draftFrom, requestFrom, shiftDay, usualDelta, type WindowsDraft, windowFaults } from './windows-draft.ts';
import classes from './windows-panel.module.css';

interface WindowFieldsProps {
  title: string;
  range: WindowRange;
  tone: 'reference' | 'current';
  onChange(range: WindowRange): void;
}

const stepOf = (event: KeyboardEvent): number =>
  event.key === 'ArrowUp'
    ? 1
    : event.key === 'ArrowDown'
      ? -1
      : event.key === 'PageUp'
        ? 7
        : event.key === 'PageDown'
          ? -7
          : 0;

/** ISO days as text: a date picker of the browser would print them in the machine's own order. */
const WindowFields = ({ title, range, tone, onChange }: WindowFieldsProps) => {
  const field = (end: 'from' | 'to', label: string) => (
    <TextInput
      label={label}
      aria-label={`${title}, ${label}`}
      value={range[end]}
      maxLength={10}
      placeholder="2026-03-01"
      onChange={(event) => onChange({ ...range, [end]: event.currentTarget.value.trim() })}
      onKeyDown={(event) => {
        const step = stepOf(event);
        if (step === 0) return;
        event.preventDefault();
        onChange({ ...range, [end]: shiftDay(range[end], step) });
      }}
    />
  );
  return (
    <fieldset className={classes.window} data-tone={tone}>
      <legend>{title}</legend>
      {field('from', 'from')}
      {field('to', 'to')}
    </fieldset>
  );
};

/** Metrics that this dataset can have. */
export const metricsOf = (detail: DatasetDetail): string[] =>
  taskMetrics[detail.spec.task].filter((metric) => detail.hasScores || !needsScores(metric));

export interface WindowsFormProps {
  detail: DatasetDetail;
  initial: WindowsDraft;
  /** What comparing does here, in words. */
  title: string;
  /** Why it can't be done now. */
  busy?: string;
  /** What stands in its place while nothing differs from the beginning. */
  same?: string;
  onCompare(request: CompareRequest): void;
  /** Another way on with the same windows. */
  other?: { id: string; title: string; run(request: CompareRequest): void };
}

/** The windows, the metric and the tolerance, as brushes and as text. */
export const WindowsForm = ({ detail, initial, title, busy, same, onCompare, other }: WindowsFormProps) => {
  const client = useClient();
  const dataset = detail.summary.id;
  const metrics = metricsOf(detail);
  const [draft, setDraft] = useState(initial);
  const unit = unitOf(draft.metric);
  const faults = windowFaults(draft, detail, unit);
  const timeline = useQuery({ queryKey: ['timeline', dataset], queryFn: () => client.datasets.timeline({ dataset }) });
  const unchanged = JSON.stringify(draft) === JSON.stringify(initial) ? same : undefined;
  const unable = faults[0] ?? busy ?? unchanged;

  const compare: Action = {
    id: 'compare',
    title,
    group: 'This page',
    keys: 'mod+enter',
    ...(unable ? { disabled: unable } : {}),
    run: () => onCompare(requestFrom(dataset, draft, unit)),
  };
  const otherWay: Action[] = other
    ? [
        {
          id: other.id,
          title: other.title,
          group: 'This page',
          ...(unable ? { disabled: unable } : {}),
          run: () => other.run(requestFrom(dataset, draft, unit)),
        },
      ]
    : [];
  useActions([compare, ...otherWay]);

  const setMetric = (metric: string) =>
    setDraft((before) => ({
      ...before,
      metric,
      // A tolerance in points means nothing for a metric that isn't a share, and the other way round.
      delta: before.delta !== '' && unitOf(metric) === unitOf(before.metric) ? before.delta : usualDelta(metric),
    }));

  return (
    <>
      {timeline.isError ? (
        <ErrorState
          title="The timeline could not be drawn"
          error={timeline.error}
          onRetry={() => void timeline.refetch()}
        />
      ) : timeline.data ? (
        <WindowTimeline
          timeline={timeline.data}
          reference={draft.reference}
          current={draft.current}
          onChange={(windows) => setDraft((before) => ({ ...before, ...windows }))}
        />
      ) : (
        <LoadingState what="volume and labels per day" height={168} />
      )}
      <div className={classes.fields}>
        <WindowFields
          title="Reference window"
          tone="reference"
          range={draft.reference}
          onChange={(reference) => setDraft({ ...draft, reference })}
        />
        <WindowFields
          title="Current window"
          tone="current"
          range={draft.current}
          onChange={(current) => setDraft({ ...draft, current })}
        />
        <NativeSelect
          label="Primary metric"
          value={draft.metric}
          onChange={(event) => setMetric(event.currentTarget.value)}
          data={metrics.map((metric) => ({ value: metric, label: metricName(metric) }))}
        />
        <TextInput
          className={classes.short}
          label={unit === 'share' ? 'Tolerance, points' : 'Tolerance'}
          value={draft.delta}
          placeholder={unit === 'number' ? '1 % of reference' : '1'}
          inputMode="decimal"
          onChange={(event) => setDraft({ ...draft, delta: event.currentTarget.value })}
        />
        <TextInput
          className={classes.short}
          label="Smallest cell"
          value={draft.minCell}
          inputMode="numeric"
          onChange={(event) => setDraft({ ...draft, minCell: event.currentTarget.value })}
        />
        <TextInput
          className={classes.asOf}
          label="As of"
          placeholder={instant(detail.lastInstant)}
          value={draft.asOf}
          onChange={(event) => setDraft({ ...draft, asOf: event.currentTarget.value })}
        />
      </div>
      <div className={classes.foot}>
        <p className={faults.length > 0 ? classes.fault : classes.rule} role={faults.length > 0 ? 'alert' : undefined}>
          {faults[0] ??
            'A change counts as a regression only when its whole interval lies beyond the tolerance. Windows, metric and tolerance are recorded before the numbers are computed.'}
        </p>
        <span className={classes.ways}>
          {otherWay.map((action) => (
            <ActionButton key={action.id} action={action} variant="default" />
          ))}
          <ActionButton action={compare} variant={same ? 'default' : 'filled'} showKeys />
        </span>
      </div>
    </>
  );
};

export interface WindowsPanelProps extends Omit<WindowsFormProps, 'initial'> {
  /** What the address says. */
  search: Partial<CompareSearch>;
}

export const WindowsPanel = ({ search, ...form }: WindowsPanelProps) => {
  const client = useClient();
  const dataset = form.detail.summary.id;
  const suggested = useQuery({
    queryKey: ['windows', dataset],
    queryFn: () => client.accuracy.suggestWindows({ dataset }),
  });
  return (
    <Panel title="Windows" note="what is compared with what, fixed before looking">
      {suggested.isError ? (
        <ErrorState
          title="No windows could be suggested"
          error={suggested.error}
          onRetry={() => void suggested.refetch()}
        />
      ) : suggested.data ? (
        <WindowsForm {...form} initial={draftFrom(search, suggested.data, metricsOf(form.detail)[0] ?? 'accuracy')} />
      ) : (
        <LoadingState what="the days of the dataset" height={260} />
      )}
    </Panel>
  );
};
