import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SourceColumn, SourceProposal, SourceTable } from '../../../../shared/model/dataset.ts';
import { count, percent } from '../../../../shared/units.ts';
import { visibleText, visibleValue } from '../../../../shared/visible-text.ts';
import { Panel } from '../../../ui/panel.tsx';
import classes from './confirm-source.module.css';
import { type SourceDraft, tableOf } from './source-draft.ts';

export interface DraftFieldsProps {
  draft: SourceDraft;
  source: SourceProposal;
  onChange(draft: SourceDraft): void;
}

const evidenceOf = (column: SourceColumn | undefined): string | null => {
  if (!column) return null;
  const facts = [column.type.toLowerCase()];
  if (column.nullShare !== null && column.nullShare > 0) facts.push(`${percent(column.nullShare)} missing`);
  if (column.distinct !== null) facts.push(`${count(column.distinct)} distinct in a sample`);
  return `${column.samples.slice(0, 3).map(visibleValue).join(', ')} (${facts.join(', ')})`;
};

interface ColumnFieldProps {
  label: string;
  table: SourceTable | undefined;
  value: string;
  onPick(column: string): void;
  optional?: string;
}

/** A role with the values it would read, so that a wrong guess is seen and not only named. */
const ColumnField = ({ label, table, value, onPick, optional }: ColumnFieldProps) => {
  const columns = table?.columns ?? [];
  const evidence = evidenceOf(columns.find(({ name }) => name === value));
  const lost = value !== '' && !columns.some(({ name }) => name === value);
  return (
    <div>
      <NativeSelect
        label={label}
        required={optional === undefined}
        value={value}
        onChange={(event) => onPick(event.currentTarget.value)}
        error={lost ? `no such column here: ${visibleText(value)}` : undefined}
        data={[
          { value: '', label: optional ?? 'choose a column' },
          ...(lost ? [{ value, label: visibleText(value) }] : []),
          ...columns.map(({ name }) => ({ value: name, label: visibleText(name) })),
        ]}
      />
      {evidence ? (
        <p className={classes.evidence} title={evidence}>
          {evidence}
        </p>
      ) : null}
    </div>
  );
};

const TableField = (props: { label: string; source: SourceProposal; value: string; onPick(path: string): void }) => (
  <NativeSelect
    label={props.label}
    required
    value={props.value}
    onChange={(event) => props.onPick(event.currentTarget.value)}
    data={[
      ...(props.source.tables.some(({ path }) => path === props.value)
        ? []
        : [{ value: props.value, label: props.value === '' ? 'choose a table' : visibleText(props.value) }]),
      ...props.source.tables.map(({ path }) => ({ value: path, label: visibleText(path) })),
    ]}
  />
);

const Fields = ({ title, note, children }: { title: string; note: string; children: ReactNode }) => (
  <Panel title={title} note={note}>
    <div className={classes.fields}>{children}</div>
  </Panel>
);

const taskNames = [
  { value: 'binary', label: 'binary: one of two classes' },
  { value: 'multiclass', label: 'multiclass: one of several classes' },
  { value: 'regression', label: 'regression: a number' },
];

export const RoleFields = ({ draft, source, onChange }: DraftFieldsProps) => {
  const { predictions, labels } = draft;
  const setPredictions = (part: Partial<SourceDraft['predictions']>) =>
    onChange({ ...draft, predictions: { ...predictions, ...part } });
  const setLabels = (part: Partial<SourceDraft['labels']>) => onChange({ ...draft, labels: { ...labels, ...part } });
  const predictionTable = tableOf(source, predictions.path);
  const labelTable = tableOf(source, labels.path);
  return (
    <>
      <Fields title="Predictions" note="one row for every answer the model gave">
        <TableField
          label="Table"
          source={source}
          value={predictions.path}
          onPick={(path) => setPredictions({ path })}
        />
        <ColumnField
          label="Id"
          table={predictionTable}
          value={predictions.id}
          onPick={(id) => setPredictions({ id })}
        />
        <ColumnField
          label="Time"
          table={predictionTable}
          value={predictions.time}
          onPick={(time) => setPredictions({ time })}
        />
        <ColumnField
          label={draft.task === 'regression' ? 'Predicted number' : 'Predicted class'}
          table={predictionTable}
          value={predictions.value}
          onPick={(value) => setPredictions({ value })}
        />
        <ColumnField
          label="Score"
          optional="none: calibration and score drift can't be measured"
          table={predictionTable}
          value={predictions.score}
          onPick={(score) => setPredictions({ score })}
        />
        {predictions.score && draft.task !== 'regression' ? (
          <NativeSelect
            label="The score is the probability of"
            value={predictions.scoreOf}
            onChange={(event) => setPredictions({ scoreOf: event.currentTarget.value as typeof predictions.scoreOf })}
            data={[
              { value: '', label: 'not stated' },
              { value: 'predicted', label: 'the predicted class' },
              { value: 'positive', label: 'the positive class' },
            ]}
          />
        ) : null}
        <ColumnField
          label="Model version"
          optional="none"
          table={predictionTable}
          value={predictions.modelVersion}
          onPick={(modelVersion) => setPredictions({ modelVersion })}
        />
        <ColumnField
          label="Provider version"
          optional="none"
          table={predictionTable}
          value={predictions.providerVersion}
          onPick={(providerVersion) => setPredictions({ providerVersion })}
        />
      </Fields>
      <Fields title="Labels" note="what turned out to be true, one row for every answer that was checked">
        <TableField label="Table" source={source} value={labels.path} onPick={(path) => setLabels({ path })} />
        <ColumnField
          label="Id of the prediction"
          table={labelTable}
          value={labels.id}
          onPick={(id) => setLabels({ id })}
        />
        <ColumnField
          label="True value"
          table={labelTable}
          value={labels.value}
          onPick={(value) => setLabels({ value })}
        />
        <ColumnField
          label="Time of arrival"
          optional="none: label latency can't be measured"
          table={labelTable}
          value={labels.time}
          onPick={(time) => setLabels({ time })}
        />
        <NativeSelect
          label="When a prediction has several labels"
          value={draft.keep}
          onChange={(event) => onChange({ ...draft, keep: event.currentTarget.value as SourceDraft['keep'] })}
          data={[
            { value: 'first', label: 'the first one counts' },
            { value: 'last', label: 'the last one counts' },
          ]}
        />
      </Fields>
      <Fields title="Task" note="how answers are judged">
        <TextInput
          label="Name"
          required
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
        <NativeSelect
          label="Task"
          value={draft.task}
          onChange={(event) => onChange({ ...draft, task: event.currentTarget.value as SourceDraft['task'] })}
          data={taskNames}
        />
        {draft.task === 'binary' ? (
          <TextInput
            label="Positive class"
            required
            description="as it is written in the data"
            value={draft.positiveClass}
            onChange={(event) => onChange({ ...draft, positiveClass: event.currentTarget.value })}
          />
        ) : null}
        <TextInput
          label="Time zone"
          required
          description="for times that carry none; days are cut in it"
          value={draft.timezone}
          onChange={(event) => onChange({ ...draft, timezone: event.currentTarget.value })}
        />
      </Fields>
    </>
  );
};
