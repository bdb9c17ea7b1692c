import type { DatasetFile } from '../../../shared/model/dataset.ts';
import { quoteIdentifier, quoteLiteral } from '../../platform/sql.ts';
import { applied, type ExportedColumn, type Scenario } from './scenario.ts';

/** The exported name of a column. */
function exportedName(scenario: Scenario, column: ExportedColumn): string {
  return scenario.shape.names[column] ?? (column === 'label_id' ? exportedName(scenario, 'prediction_id') : column);
}

/** SELECT list of the exported predictions over the rows. */
export function predictionColumns(scenario: Scenario, seed: number): string {
  const as = (sql: string, column: ExportedColumn) => `${sql} AS ${quoteIdentifier(exportedName(scenario, column))}`;
  const version = (column: 'model' | 'provider') => {
    let current: string | undefined;
    for (const step of scenario.interventions) {
      if (step.kind !== 'version' || step.column !== column) continue;
      current = applied(step, current ?? 'NULL', quoteLiteral(step.value));
    }
    return current ? [as(current, column === 'model' ? 'model_version' : 'provider_version')] : [];
  };
  return [
    as(idOf(scenario, seed), 'prediction_id'),
    as(instantOf(scenario, 'at_us'), 'predicted_at'),
    as('guess', 'predicted'),
    ...(scenario.world === 'regression' ? [] : [as('score', 'score')]),
    ...scenario.segments.map(({ name }, index) => `s${index} AS ${quoteIdentifier(name)}`),
    ...scenario.features.map(({ name }, index) => `f${index} AS ${quoteIdentifier(name)}`),
    ...version('model'),
    ...version('provider'),
  ].join(', ');
}

/** SELECT list of the exported labels over (row, truth, label_us). */
export function labelColumns(scenario: Scenario, seed: number): string {
  const as = (sql: string, column: ExportedColumn) => `${sql} AS ${quoteIdentifier(exportedName(scenario, column))}`;
  return [
    as(idOf(scenario, seed), 'label_id'),
    as('truth', 'label'),
    as(instantOf(scenario, 'label_us'), 'labelled_at'),
  ].join(', ');
}

function idOf({ shape }: Scenario, seed: number): string {
  if (shape.id === 'integer') return 'row::BIGINT';
  if (shape.id === 'text') return `printf('p-%08d', row)`;
  return `md5(printf('%d-%d', ${seed}, row))::UUID`;
}

function instantOf({ shape }: Scenario, us: string): string {
  const naive = `make_timestamp(${us})`;
  if (shape.time === 'timestamp') return naive;
  if (shape.time === 'timestamptz') return `${naive} AT TIME ZONE 'UTC'`;
  return `strftime(${naive}, '%Y-%m-%dT%H:%M:%S.%fZ')`;
}

/** The `dataset.yaml` of a scenario; its features are the declared ones, so partition columns stay out. */
export function datasetFile(scenario: Scenario): DatasetFile {
  const name = (column: ExportedColumn) => exportedName(scenario, column);
  const versioned = (column: 'model' | 'provider') =>
    scenario.interventions.some((step) => step.kind === 'version' && step.column === column);
  return {
    name: scenario.name,
    task: scenario.task,
    timezone: 'UTC',
    predictions: {
      path: 'predictions',
      id: name('prediction_id'),
      time: name('predicted_at'),
      value: name('predicted'),
      ...(scenario.world === 'regression'
        ? {}
        : { score: name('score'), scoreOf: scenario.task === 'binary' ? 'positive' : 'predicted' }),
      ...(versioned('model') ? { modelVersion: name('model_version') } : {}),
      ...(versioned('provider') ? { providerVersion: name('provider_version') } : {}),
    },
    labels: { path: 'labels', id: name('label_id'), value: name('label'), time: name('labelled_at') },
    ...(scenario.task === 'binary' ? { positiveClass: 1 } : {}),
    segments: scenario.segments.map((column) => column.name),
    features: scenario.features.map((feature) => feature.name),
    keep: 'first',
  };
}
