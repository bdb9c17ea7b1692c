import { type NamedRole, nameStrength, plainName, shown } from './column-names.ts';
import type { SampledColumn, SampledTable } from './sample-columns.ts';

export interface TableRoles {
  predictions: SampledTable | null;
  labels: SampledTable | null;
  remarks: string[];
}

/** Which table holds the predictions and which the labels; one table may hold both. */
export function guessTables(tables: SampledTable[]): TableRoles {
  const remarks: string[] = [];
  const predictions = best(tables, predictionStrength);
  if (!predictions) {
    return {
      predictions: null,
      labels: null,
      remarks: ['no table has a column that looks like a prediction, so name the tables and columns yourself'],
    };
  }
  const others = tables.filter((table) => table !== predictions);
  let labels = best(others, labelStrength);
  if (!labels && strongest(predictions, 'label', isAnswer) > 0) {
    labels = predictions;
    remarks.push(`${shown(predictions.path)} holds predictions and labels in one table`);
  } else if (!labels) {
    remarks.push(
      tables.length === 1
        ? `there is only one table, ${shown(predictions.path)}, and no column in it looks like a label: labels are missing`
        : `no table besides ${shown(predictions.path)} has a column that looks like a label: labels are missing`,
    );
  } else {
    remarks.push(`${shown(predictions.path)} holds the predictions and ${shown(labels.path)} the labels`);
  }
  const spare = others.filter((table) => table !== labels);
  for (const table of spare) remarks.push(`${shown(table.path)} has other columns and was left out`);
  return { predictions, labels, remarks };
}

function best(tables: SampledTable[], strength: (table: SampledTable) => number): SampledTable | null {
  let winner: SampledTable | null = null;
  let most = 0;
  for (const table of tables) {
    const found = strength(table);
    // Equal candidates: the one with more columns describes more.
    if (found > most || (found === most && winner && found > 0 && table.columns.length > winner.columns.length)) {
      winner = table;
      most = found;
    }
  }
  return winner;
}

function predictionStrength(table: SampledTable): number {
  const predicted = strongest(table, 'predicted', isAnswer);
  const score = strongest(table, 'score', (column) => column.kind === 'number');
  if (predicted + score === 0) return 0;
  const time = strongest(table, 'time', isInstant);
  const folder = /pred|infer|scor|output/.test(plainName(table.path)) ? 0.5 : 0;
  const labelFolder = /label|truth|actual|outcome|feedback/.test(plainName(table.path)) ? 0.5 : 0;
  return predicted + score + 0.3 * time + folder - labelFolder;
}

function labelStrength(table: SampledTable): number {
  const label = strongest(table, 'label', isAnswer);
  const folder = /label|truth|actual|outcome|feedback|target/.test(plainName(table.path)) ? 1 : 0;
  // In a folder called labels a column of any name may be the label.
  if (label === 0 && !(folder && table.columns.some(isAnswer))) return 0;
  return label + folder;
}

const isAnswer = (column: SampledColumn) =>
  !column.partition && !isInstant(column) && column.kind !== 'other' && nameStrength(column.name, 'id') < 0.5;

/** An instant by type, by the look of its text, or a number of the size of an epoch. */
export function isInstant(column: SampledColumn): boolean {
  if (column.partition) return false;
  if (column.kind === 'time') return true;
  if (column.kind === 'text') return column.filled > 0 && column.instants > 0.9;
  return column.kind === 'integer' && isEpoch(column);
}

function isEpoch({ low, high, name }: SampledColumn): boolean {
  if (low === null || high === null || nameStrength(name, 'time') === 0) return false;
  // 2001 to 2100 in seconds, milliseconds, microseconds or nanoseconds.
  return [1, 1e3, 1e6, 1e9].some((unit) => low >= 1e9 * unit && high <= 4.1e9 * unit);
}

function strongest(table: SampledTable, role: NamedRole, fits: (column: SampledColumn) => boolean): number {
  return Math.max(0, ...table.columns.filter(fits).map((column) => nameStrength(column.name, role)));
}
