import type { Database } from '../../platform/duckdb.ts';
import { type NamedRole, nameStrength, shown, shownNumber } from './column-names.ts';
import { isInstant } from './guess-tables.ts';
import { type SampledColumn, type SampledTable, sharedKeys } from './sample-columns.ts';

export interface ColumnRoles {
  id: SampledColumn | null;
  labelId: SampledColumn | null;
  time: SampledColumn | null;
  value: SampledColumn | null;
  score: SampledColumn | null;
  label: SampledColumn | null;
  labelTime: SampledColumn | null;
  model: SampledColumn | null;
  provider: SampledColumn | null;
}

interface Ranked {
  column: SampledColumn;
  strength: number;
}

/** The columns of each role, each with a sentence why; a role nothing fits stays null and is said to be open. */
export async function guessColumns(
  database: Database,
  predictions: SampledTable,
  labels: SampledTable | null,
  remarks: string[],
): Promise<ColumnRoles> {
  const taken = new Set<SampledColumn>();
  const take = (role: string, ranked: Ranked[], why: (column: SampledColumn) => string): SampledColumn | null => {
    const open = ranked.filter(({ column }) => !taken.has(column));
    const winner = open[0];
    if (!winner) return null;
    taken.add(winner.column);
    const rivals = open.filter((one) => one !== winner && one.strength >= winner.strength);
    const unsure =
      rivals.length > 0
        ? ` (so might ${rivals
            .slice(0, 3)
            .map(({ column }) => shown(column.name))
            .join(', ')})`
        : '';
    remarks.push(`${shown(winner.column.name)} was taken as the ${role}: ${why(winner.column)}${unsure}`);
    return winner.column;
  };
  const table = labels === predictions ? null : labels;

  const time = take('prediction time', rank(predictions, 'time', isInstant, true), describeInstant);
  const { id, labelId } = await guessKeys(database, predictions, labels, remarks);
  for (const key of [id, labelId]) if (key) taken.add(key);
  // A label in the same table must not be mistaken for the prediction, nor the other way round.
  const value = take('predicted value', rank(predictions, 'predicted', isValue), describeValues);
  const score = take(
    'score',
    rank(predictions, 'score', isScore),
    (column) => `numbers from ${shownNumber(column.low)} to ${shownNumber(column.high)}`,
  );
  const label = labels ? take('label', rank(labels, 'label', isValue, table !== null), describeValues) : null;
  const labelTimes = labels ? rank(labels, 'labelTime', isInstant, table !== null) : [];
  const labelTime = take('arrival time of labels', labelTimes, describeInstant);
  const model = take('model version', rank(predictions, 'model', isVersion), describeValues);
  const provider = take('provider version', rank(predictions, 'provider', isVersion), describeValues);
  const roles = { id, labelId, time, value, score, label, labelTime, model, provider };
  remarks.push(...openRoles(roles, labels));
  return roles;
}

/** Columns that fit a role, best name first; with `anyName` a fitting column without a telling name comes last. */
function rank(
  table: SampledTable,
  role: NamedRole,
  fits: (column: SampledColumn) => boolean,
  anyName = false,
): Ranked[] {
  return table.columns
    .filter(fits)
    .map((column) => ({ column, strength: nameStrength(column.name, role) }))
    .filter(({ strength }) => anyName || strength > 0)
    .sort((a, b) => b.strength - a.strength);
}

const isValue = (column: SampledColumn) =>
  !column.partition && column.kind !== 'other' && !isInstant(column) && nameStrength(column.name, 'id') < 0.5;

const isScore = (column: SampledColumn) =>
  column.kind === 'number' && column.low !== null && column.low >= 0 && column.high !== null && column.high <= 100;

const isVersion = (column: SampledColumn) =>
  (column.kind === 'text' || column.kind === 'integer') && column.distinct !== null && column.distinct <= 1000;

async function guessKeys(
  database: Database,
  predictions: SampledTable,
  labels: SampledTable | null,
  remarks: string[],
): Promise<Pick<ColumnRoles, 'id' | 'labelId'>> {
  const unique = ({ distinct, filled, kind, partition }: SampledColumn, share = 0.9) =>
    !partition &&
    (kind === 'integer' || kind === 'text') &&
    filled > 0 &&
    distinct !== null &&
    distinct >= share * filled;
  const ids = rank(predictions, 'id', (column) => unique(column) && !isInstant(column), true);
  if (labels === predictions || !labels) {
    const id = ids.find(({ strength }) => strength > 0)?.column ?? null;
    if (id) remarks.push(`${shown(id.name)} was taken as the key: it has a different value in every sampled row`);
    return { id, labelId: labels ? id : null };
  }
  // A prediction may have several labels, so label ids may repeat; two classes are still no key.
  const labelIds = rank(labels, 'id', (column) => unique(column, 0.3) && !isInstant(column), true);
  const pairs = ids.flatMap((one) =>
    labelIds.map((other) => ({
      id: one.column,
      labelId: other.column,
      strength: one.strength + other.strength + (one.column.name === other.column.name ? 2 : 0),
    })),
  );
  pairs.sort((a, b) => b.strength - a.strength);
  for (const pair of pairs.slice(0, 8)) {
    const share = await sharedKeys(database, labels, pair.labelId.name, predictions, pair.id.name);
    if (share !== null && share < 0.05) continue;
    const both =
      pair.id.name === pair.labelId.name
        ? `${shown(pair.id.name)} of both tables was taken as the key`
        : `${shown(pair.id.name)} and ${shown(pair.labelId.name)} of the labels were taken as the key`;
    const found =
      share === null
        ? 'whether its values agree was not looked up'
        : `${Math.round(100 * share)} % of the sampled label ids have a prediction`;
    remarks.push(`${both}: ${found}`);
    return pair;
  }
  if (pairs[0]) {
    remarks.push(
      `no id of the labels was found among the predictions (tried ${shown(pairs[0].id.name)} and ${shown(pairs[0].labelId.name)}), check that both come from the same export`,
    );
    return pairs[0];
  }
  return { id: ids.find(({ strength }) => strength > 0)?.column ?? null, labelId: null };
}

function describeInstant(column: SampledColumn): string {
  if (column.kind === 'integer') return `integers of the size of an epoch, such as ${column.low}`;
  const zone = /WITH TIME ZONE/.test(column.type) || /(Z|[+-]\d{2}(:?\d{2})?)$/.test(column.samples[0] ?? '');
  const what = column.kind === 'text' ? 'text that reads as a time' : 'a time';
  return zone ? `${what} with a zone` : `${what} without a zone, read as UTC unless the timezone says otherwise`;
}

function describeValues(column: SampledColumn): string {
  const some = column.samples.slice(0, 3).map(shown).join(', ');
  return column.values ? `${column.distinct} values in the sample, such as ${some}` : `values such as ${some}`;
}

function openRoles(roles: ColumnRoles, labels: SampledTable | null): string[] {
  const open: string[] = [];
  if (!roles.id) open.push('no column of the predictions is both unique and named like a key, so choose the id');
  if (!roles.time) open.push('no column of the predictions looks like a time, so choose when each prediction was made');
  if (!roles.value) open.push('no column is named like a predicted value, so choose it');
  if (labels && !roles.label) open.push('no column of the labels looks like the true value, so choose it');
  if (labels && !roles.labelId) open.push('no column of the labels looks like the key of a prediction, so choose it');
  if (labels && roles.label && !roles.labelTime) {
    open.push('no column says when a label arrived, so label latency will not be measurable');
  }
  return open;
}
