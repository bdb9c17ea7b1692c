import type { DatasetFile, SourceProposal, SourceTable } from '../../../../shared/model/dataset.ts';

/** What a column of the predictions is used for beyond the fixed roles. */
export type ColumnUse = 'segment' | 'feature' | 'ignored';

/** The dataset file as it stands while a person edits it: empty text is a role not yet given. */
export interface SourceDraft {
  name: string;
  task: DatasetFile['task'];
  timezone: string;
  predictions: {
    path: string;
    id: string;
    time: string;
    value: string;
    score: string;
    scoreOf: '' | 'predicted' | 'positive';
    modelVersion: string;
    providerVersion: string;
  };
  labels: { path: string; id: string; value: string; time: string };
  positiveClass: string;
  segments: string[];
  features: string[] | null;
  keep: 'first' | 'last';
}

const baseName = (folder: string): string => folder.split(/[\\/]/).filter(Boolean).at(-1) ?? 'dataset';

/** The guess as a draft; a folder nothing could be guessed from starts with empty roles. */
export const draftOf = (source: SourceProposal): SourceDraft => {
  const guess = source.proposal;
  return {
    name: guess?.name ?? baseName(source.folder),
    task: guess?.task ?? 'binary',
    timezone: guess?.timezone ?? 'UTC',
    predictions: {
      path: guess?.predictions.path ?? source.tables[0]?.path ?? '',
      id: guess?.predictions.id ?? '',
      time: guess?.predictions.time ?? '',
      value: guess?.predictions.value ?? '',
      score: guess?.predictions.score ?? '',
      scoreOf: guess?.predictions.scoreOf ?? '',
      modelVersion: guess?.predictions.modelVersion ?? '',
      providerVersion: guess?.predictions.providerVersion ?? '',
    },
    labels: {
      path: guess?.labels.path ?? source.tables[1]?.path ?? '',
      id: guess?.labels.id ?? '',
      value: guess?.labels.value ?? '',
      time: guess?.labels.time ?? '',
    },
    positiveClass: guess?.positiveClass === undefined ? '' : String(guess.positiveClass),
    segments: guess?.segments ?? [],
    features: guess?.features ?? null,
    keep: guess?.keep ?? 'first',
  };
};

export const tableOf = (source: SourceProposal, path: string): SourceTable | undefined =>
  source.tables.find((table) => table.path === path) ?? (source.tables.length === 1 ? source.tables[0] : undefined);

/** A class as the file means it: numbers and truth values keep their type when the column has one. */
const typedClass = (text: string, kind: string | undefined): string | number | boolean => {
  if (kind === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if ((kind === 'integer' || kind === 'number') && text.trim() !== '' && Number.isFinite(Number(text))) {
    return Number(text);
  }
  return text;
};

export const specOf = (draft: SourceDraft, source: SourceProposal): DatasetFile => {
  const { predictions, labels } = draft;
  const kind = tableOf(source, predictions.path)?.columns.find(({ name }) => name === predictions.value)?.kind;
  return {
    name: draft.name.trim(),
    task: draft.task,
    timezone: draft.timezone.trim(),
    predictions: {
      path: predictions.path,
      id: predictions.id,
      time: predictions.time,
      value: predictions.value,
      ...(predictions.score ? { score: predictions.score } : {}),
      ...(predictions.score && predictions.scoreOf ? { scoreOf: predictions.scoreOf } : {}),
      ...(predictions.modelVersion ? { modelVersion: predictions.modelVersion } : {}),
      ...(predictions.providerVersion ? { providerVersion: predictions.providerVersion } : {}),
    },
    labels: {
      path: labels.path,
      id: labels.id,
      value: labels.value,
      ...(labels.time ? { time: labels.time } : {}),
    },
    ...(draft.task === 'binary' && draft.positiveClass !== ''
      ? { positiveClass: typedClass(draft.positiveClass, kind) }
      : {}),
    segments: draft.segments,
    ...(draft.features ? { features: draft.features } : {}),
    keep: draft.keep,
  };
};

/** The columns of the predictions that already have a fixed role, with its name. */
export const rolesOf = ({ predictions, labels }: SourceDraft): Map<string, string> => {
  const roles = new Map<string, string>();
  const note = (column: string, role: string) => {
    if (column) roles.set(column, roles.has(column) ? `${roles.get(column)}, ${role}` : role);
  };
  note(predictions.id, 'id');
  note(predictions.time, 'time');
  note(predictions.value, 'predicted value');
  note(predictions.score, 'score');
  note(predictions.modelVersion, 'model version');
  note(predictions.providerVersion, 'provider version');
  if (labels.path === predictions.path) {
    note(labels.value, 'label');
    note(labels.time, 'label time');
  }
  return roles;
};

export const columnUse = (draft: SourceDraft, column: string): ColumnUse => {
  if (draft.segments.includes(column)) return 'segment';
  return draft.features === null || draft.features.includes(column) ? 'feature' : 'ignored';
};

/** Gives a column another use; a feature list is only written out once it differs from "every remaining column". */
export const withUse = (
  draft: SourceDraft,
  columns: readonly string[],
  column: string,
  use: ColumnUse,
): SourceDraft => {
  const roles = rolesOf(draft);
  const open = columns.filter((name) => !roles.has(name));
  const uses = new Map(open.map((name) => [name, name === column ? use : columnUse(draft, name)]));
  const segments = [...draft.segments.filter((name) => uses.get(name) === 'segment')];
  if (use === 'segment' && !segments.includes(column)) segments.push(column);
  const ignored = open.some((name) => uses.get(name) === 'ignored');
  return { ...draft, segments, features: ignored ? open.filter((name) => uses.get(name) === 'feature') : null };
};

/** What still keeps the draft from being imported, one sentence each. */
export const gapsOf = (draft: SourceDraft, source: SourceProposal): string[] => {
  const gaps: string[] = [];
  const need = (value: string, text: string) => {
    if (value.trim() === '') gaps.push(text);
  };
  need(draft.name, 'Give the dataset a name.');
  need(draft.timezone, 'Name the time zone of times that carry none, such as UTC.');
  need(draft.predictions.path, 'Choose where the predictions are.');
  need(draft.predictions.id, 'Choose the column that identifies a prediction.');
  need(draft.predictions.time, 'Choose the column with the time of a prediction.');
  need(draft.predictions.value, 'Choose the column with the predicted value.');
  need(draft.labels.path, 'Choose where the labels are.');
  need(draft.labels.id, 'Choose the label column that names its prediction.');
  need(draft.labels.value, 'Choose the column with the true value.');
  if (draft.task === 'binary') need(draft.positiveClass, 'Name the positive class, as it is written in the data.');
  const { predictions } = draft;
  const kind = tableOf(source, predictions.path)?.columns.find(({ name }) => name === predictions.value)?.kind;
  if (draft.task === 'regression' && kind && kind !== 'number' && kind !== 'integer') {
    gaps.push(`Regression needs numbers, and ${predictions.value} holds ${kind}.`);
  }
  return gaps;
};
