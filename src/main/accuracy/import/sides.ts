import { canonicalJson } from '../../../shared/canonical-json.ts';
import { UserFault } from '../../../shared/errors.ts';
import type { DatasetFile } from '../../../shared/model/dataset.ts';
import { sha256 } from '../../platform/hash.ts';
import { type BoundColumn, bindColumn, kindWords } from './columns.ts';
import { countWords } from './count-words.ts';
import { NotCarried } from './former-import.ts';
import type { ImportBuild } from './import-build.ts';
import { dayOfSql, type InstantPlan, planInstants } from './instants.ts';
import { type KeyPlan, planKeys } from './keys.ts';
import type { SourceSchema } from './parquet-schema.ts';
import { noteForeignDays } from './partitions.ts';
import { createRawRows, type ViewColumn } from './raw-rows.ts';
import { fileTagSql } from './row-origin.ts';

export interface FeatureColumn {
  column: BoundColumn;
  kind: 'numeric' | 'categorical';
}

/** Both sources under their canonical names: the views `prediction` and `label` exist. */
export interface Sides {
  predictions: SourceSchema;
  labels: SourceSchema;
  keys: KeyPlan;
  /** Columns `s0`.. of `prediction`. */
  segments: BoundColumn[];
  /** Columns `v0`.. of `prediction`. */
  versions: BoundColumn[];
  /** Columns `f0`.. of `prediction`. */
  features: FeatureColumn[];
  predictionValue: BoundColumn;
  labelValue: BoundColumn;
  hasScores: boolean;
  hasLabelTimes: boolean;
  /** Either side knows days only, so "before" is told by day. */
  byDay: boolean;
  /** Digest of how the columns are read; null where the rest of the rows might be read in another way. */
  shape: string | null;
  /** Whether rows lie in folders of another day. */
  foreignDays: { predictions: boolean; labels: boolean };
}

/**
 * Creates `prediction(key, at_us, infinite, value, score, file, v*, s*)`, `wide_prediction` with the features `f*` as well
 * (thousands of them would make every other query slow to plan) and `label(key, value, label_us, infinite, file)`. Classes, segments and categories are text there, numbers DOUBLE, instants microseconds.
 */
export async function createSides(build: ImportBuild, predictions: SourceSchema, labels: SourceSchema): Promise<Sides> {
  const { spec, notes, database } = build;
  if (spec.task === 'multiclass' && spec.predictions.scoreOf === 'positive') {
    throw new UserFault(
      'scoreOf: positive is for binary tasks, a multiclass score is of the predicted class: predicted',
    );
  }
  checkRepeats('segments', spec.segments);
  checkRepeats('features', spec.features ?? []);
  const binding = { database, schema: predictions, notes };
  const labelBinding = { database, schema: labels, notes };
  checkRows(predictions);
  checkRows(labels);
  const id = await bindColumn(binding, spec.predictions.id, 'required');
  const time = await bindColumn(binding, spec.predictions.time, 'required');
  const predictionValue = await bindColumn(binding, spec.predictions.value, 'required');
  const score =
    spec.predictions.score !== undefined && spec.task !== 'regression'
      ? await bindColumn(binding, spec.predictions.score, 'optional')
      : undefined;
  const versions: BoundColumn[] = [];
  for (const name of [spec.predictions.modelVersion, spec.predictions.providerVersion]) {
    if (name !== undefined) versions.push(await bindColumn(binding, name, 'optional'));
  }
  const segments: BoundColumn[] = [];
  for (const name of spec.segments) segments.push(await bindColumn(binding, name, 'optional'));
  const labelId = await bindColumn(labelBinding, spec.labels.id, 'required');
  const labelValue = await bindColumn(labelBinding, spec.labels.value, 'required');
  const labelTime =
    spec.labels.time === undefined ? undefined : await bindColumn(labelBinding, spec.labels.time, 'required');
  const features = await bindFeatures(build, predictions, labels);

  for (const column of [...versions, ...segments]) checkCategory(column);
  checkValue(spec, 'predictions', predictionValue);
  checkValue(spec, 'labels', labelValue);
  if (score) checkScore(score);
  const keys = planKeys(id, labelId, notes);

  const raw: ViewColumn[] = [
    { name: 'key', column: id },
    { name: 'moment', column: time },
    { name: 'value', column: predictionValue },
    ...(score ? [{ name: 'score', column: score }] : []),
    ...versions.map((column, index) => ({ name: `v${index}`, column })),
    ...segments.map((column, index) => ({ name: `s${index}`, column })),
    ...features.map(({ column }, index) => ({ name: `f${index}`, column })),
  ];
  const rawLabel: ViewColumn[] = [
    { name: 'key', column: labelId },
    { name: 'value', column: labelValue },
    ...(labelTime ? [{ name: 'moment', column: labelTime }] : []),
  ];
  await createRawRows(build, keys, { schema: predictions, columns: raw }, { schema: labels, columns: rawLabel });
  const place = { database, timezone: spec.timezone, notes };
  const predictedAt = await planInstants(
    { ...place, view: 'raw_prediction', schema: predictions, side: 'predictions' },
    time,
    'moment',
  );
  const labelledAt: InstantPlan = labelTime
    ? await planInstants({ ...place, view: 'raw_label', schema: labels, side: 'labels' }, labelTime, 'moment')
    : { microseconds: 'CAST(NULL AS BIGINT)', infinite: 'FALSE', dateOnly: false, form: 'none' };
  const forms = [predictedAt.form, labelledAt.form];
  const shape = forms.includes('mixed') ? null : digest({ keys, raw, rawLabel, forms });
  if (build.former && build.former.basis.shape !== shape) throw new NotCarried('columns are read in another way');
  const foreignDays = {
    predictions: await noteForeignDays(build, predictions, time, predictedAt),
    labels: labelTime ? await noteForeignDays(build, labels, labelTime, labelledAt) : false,
  };

  const key = `CAST(key AS ${keys.type}) AS key`;
  const instant = (plan: InstantPlan, name: string) =>
    `${plan.microseconds} AS ${name}, coalesce(${plan.infinite}, FALSE) AS infinite`;
  const value = (column: BoundColumn) =>
    `${spec.task === 'regression' ? boundedSql('value') : classTextSql(column)} AS value`;
  const core = [
    key,
    instant(predictedAt, 'at_us'),
    value(predictionValue),
    `${score ? 'CAST(score AS DOUBLE)' : 'CAST(NULL AS DOUBLE)'} AS score`,
    `${fileTagSql('source', predictions.listing.root)} AS file`,
    ...versions.map((_, index) => `CAST(v${index} AS VARCHAR) AS v${index}`),
    ...segments.map((_, index) => `CAST(s${index} AS VARCHAR) AS s${index}`),
  ];
  const wide = features.map(({ kind }, index) =>
    kind === 'numeric' ? `${finiteSql(`f${index}`)} AS f${index}` : `CAST(f${index} AS VARCHAR) AS f${index}`,
  );
  await database.run(`CREATE VIEW prediction AS SELECT ${core.join(', ')} FROM raw_prediction`);
  await database.run(`CREATE VIEW wide_prediction AS SELECT ${[...core, ...wide].join(', ')} FROM raw_prediction`);
  await database.run(
    `CREATE VIEW label AS SELECT ${[key, value(labelValue), instant(labelledAt, 'label_us'), `${fileTagSql('source', labels.listing.root)} AS file`].join(', ')} FROM raw_label`,
  );
  return {
    predictions,
    labels,
    keys,
    segments,
    versions,
    features,
    predictionValue,
    labelValue,
    hasScores: score !== undefined,
    hasLabelTimes: labelTime !== undefined,
    byDay: predictedAt.dateOnly || labelledAt.dateOnly,
    shape,
    foreignDays,
  };
}

function digest(read: { raw: ViewColumn[]; rawLabel: ViewColumn[]; [more: string]: unknown }): string {
  const typed = (columns: ViewColumn[]) =>
    columns.map(({ name, column }) => [name, column.name, column.kind, column.type]);
  return sha256(canonicalJson({ ...read, raw: typed(read.raw), rawLabel: typed(read.rawLabel) }));
}

/** TRUE when a label came before its prediction. */
export function earlySql(build: ImportBuild, sides: Sides, labelUs: string, atUs: string): string {
  const { timezone } = build.spec;
  return sides.byDay ? `${dayOfSql(labelUs, timezone)} < ${dayOfSql(atUs, timezone)}` : `${labelUs} < ${atUs}`;
}

const numberSql = (value: string) => `CAST(${value} AS DOUBLE)`;
/** Squares of errors must stay numbers: what is larger is a filler such as 1.8e308, and counts as infinite. */
const boundedSql = (value: string) =>
  `if(isfinite(${numberSql(value)}) AND abs(${numberSql(value)}) > 1e100, 'Infinity'::DOUBLE, ${numberSql(value)})`;
const finiteSql = (value: string) => `if(isfinite(${numberSql(value)}), ${numberSql(value)}, NULL)`;

function classTextSql(column: BoundColumn): string {
  // A missing integer class often arrives as NaN, because the exporter had no other way to say it.
  return column.kind === 'float' ? 'if(isnan(value), NULL, CAST(value AS VARCHAR))' : 'CAST(value AS VARCHAR)';
}

function checkRows(schema: SourceSchema): void {
  if (schema.rows > 0) return;
  const { files, side } = schema.listing;
  throw new UserFault(
    `${side} have no rows in ${countWords(files.length, 'file|files')}, export them again or correct the path, first: ${files[0]!.relative}`,
  );
}

function checkRepeats(setting: string, names: string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UserFault(`${setting} name a column twice: ${twice}`);
}

function checkCategory(column: BoundColumn): void {
  if (column.kind !== 'other') return;
  throw new UserFault(
    `column ${column.name} is ${kindWords(column.kind)} and cannot name a segment or version: ${column.type}`,
  );
}

function checkValue(spec: DatasetFile, side: string, column: BoundColumn): void {
  const { kind, name, type } = column;
  const numeric = kind === 'integer' || kind === 'float';
  if (spec.task === 'regression' ? numeric : numeric || kind === 'text' || kind === 'boolean') return;
  const expected = spec.task === 'regression' ? 'a number' : 'a class (text, integer or boolean)';
  throw new UserFault(`value column ${name} of ${side} is ${kindWords(kind)}, expected ${expected}: ${type}`, {
    column: name,
  });
}

function checkScore(column: BoundColumn): void {
  if (column.kind === 'integer' || column.kind === 'float') return;
  throw new UserFault(
    `score column ${column.name} is ${kindWords(column.kind)}, expected a probability between 0 and 1 as a number: ${column.type}`,
    { column: column.name },
  );
}

async function bindFeatures(
  build: ImportBuild,
  predictions: SourceSchema,
  labels: SourceSchema,
): Promise<FeatureColumn[]> {
  const { spec, notes, database } = build;
  const names = spec.features ?? remainingColumns(spec, predictions, labels);
  const leftOut: string[] = [];
  const features: FeatureColumn[] = [];
  for (const name of names) {
    let column: BoundColumn;
    try {
      column = await bindColumn({ database, schema: predictions, notes }, name, 'optional');
    } catch (error) {
      // A column nobody asked for must not stop the import.
      if (spec.features !== undefined || !(error instanceof UserFault)) throw error;
      notes.push({ code: 'feature-left-out', column: name, text: `feature left out, ${error.message}` });
      continue;
    }
    if (column.kind === 'integer' || column.kind === 'float') features.push({ column, kind: 'numeric' });
    else if (column.kind === 'text' || column.kind === 'boolean') features.push({ column, kind: 'categorical' });
    else leftOut.push(name);
  }
  if (leftOut.length > 0) {
    const more = leftOut.length > 5 ? ` and ${leftOut.length - 5} more` : '';
    notes.push({
      code: 'feature-left-out',
      column: leftOut[0]!,
      count: leftOut.length,
      text: `features that are neither numbers nor text were left out: ${leftOut.slice(0, 5).join(', ')}${more}`,
    });
  }
  return features;
}

/** Every column of the predictions that has no other part to play. */
function remainingColumns(spec: DatasetFile, predictions: SourceSchema, labels: SourceSchema): string[] {
  const { id, time, value, score, modelVersion, providerVersion } = spec.predictions;
  const used = new Set([id, time, value, score, modelVersion, providerVersion, ...spec.segments]);
  const labelFiles = new Set(labels.listing.files.map((file) => file.path));
  if (predictions.listing.files.some((file) => labelFiles.has(file.path))) {
    used.add(spec.labels.value).add(spec.labels.time);
  }
  const names = new Set(predictions.groups.flatMap((group) => group.columns.map((column) => column.name)));
  return [...names].filter((name) => !used.has(name));
}
