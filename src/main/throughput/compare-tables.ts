import { refusal, resultFile } from './adapters/result-file.ts';
import { type TimmRow, type TimmSetup, timmRows, timmSetup } from './adapters/timm.ts';

interface TableRatio {
  model: string;
  imageSize: number;
  baseline: number;
  candidate: number;
  /** Candidate over baseline, images per second: below 1 is slower. */
  ratio: number;
}

export interface TableComparison {
  comparable: boolean;
  /** Why the tables as a whole are not comparable; empty when they are. */
  reasons: string[];
  /** What of the stack differs and may be the cause. */
  differences: { field: keyof TimmSetup; baseline: string; candidate: string }[];
  /** Rows of one model and image size in both tables. */
  common: number;
  compared: number;
  refused: { model: string; imageSize: number; reason: string }[];
  /** Slower by more than the tolerance, worst first. One number a side: a list to look at, no verdict. */
  slower: TableRatio[];
}

interface Table {
  name: string;
  text: string;
}

/** Rows of one table, and what its name says about all of them; null where it was renamed. */
export interface TableRows {
  setup: TimmSetup | null;
  rows: readonly Pick<TimmRow, 'model' | 'imageSize' | 'batch' | 'imagesPerSecond'>[];
}

type Row = TableRows['rows'][number];

/** These make another workload, so no row can be compared. */
const methodology: (keyof TimmSetup)[] = ['mode', 'precision', 'layout'];
const stack: (keyof TimmSetup)[] = ['gpu', 'torch', 'cuda'];

const keyOf = ({ model, imageSize }: Row) => `${model} ${imageSize}`;

const readTable = (table: Table): TableRows => {
  const file = resultFile(table.text, table.name);
  const rows = timmRows(file);
  const twice = repeatedRow(rows);
  if (twice) throw refusal(file, `two rows of ${twice.model} at ${twice.imageSize}, keep one of them`);
  return { setup: timmSetup(file.name), rows };
};

/** The first row whose model and image size came before. */
export const repeatedRow = (rows: readonly Row[]): Row | undefined => {
  const keys = new Set<string>();
  return rows.find((row) => keys.size === keys.add(keyOf(row)).size);
};

const wholeReasons = (baseline: TimmSetup | null, candidate: TimmSetup | null): string[] => {
  if (!baseline || !candidate) return ['the file name does not give precision and layout, so they may differ'];
  return methodology
    .filter((field) => baseline[field] !== candidate[field])
    .map((field) => `${field} differs: ${baseline[field]} against ${candidate[field]}`);
};

/**
 * Two tables of images per second (timm), row by row: the same model at the same image size. Rows of another batch size
 * are refused one by one, tables of another precision or layout as a whole.
 * @param tolerance share of the baseline by which a model may be slower, 0..1.
 */
export const compareTables = (baseline: Table, candidate: Table, tolerance = 0.05): TableComparison =>
  compareTableRows(readTable(baseline), readTable(candidate), tolerance);

/** The same on rows that were read before; of a model that occurs twice the last row counts. */
export const compareTableRows = (before: TableRows, after: TableRows, tolerance: number): TableComparison => {
  const reasons = wholeReasons(before.setup, after.setup);
  const others = new Map(after.rows.map((row) => [keyOf(row), row]));
  const pairs = before.rows.flatMap((row): [Row, Row][] => {
    const other = others.get(keyOf(row));
    return other ? [[row, other]] : [];
  });
  const sameBatch = pairs.filter(([a, b]) => a.batch === b.batch);
  const compared = reasons.length === 0 ? sameBatch : [];
  const ratios = compared.map(
    ([a, b]): TableRatio => ({
      model: a.model,
      imageSize: a.imageSize,
      baseline: a.imagesPerSecond,
      candidate: b.imagesPerSecond,
      ratio: b.imagesPerSecond / a.imagesPerSecond,
    }),
  );
  const setups = before.setup && after.setup ? { baseline: before.setup, candidate: after.setup } : null;
  return {
    comparable: reasons.length === 0,
    reasons,
    differences: setups
      ? stack
          .filter((field) => setups.baseline[field] !== setups.candidate[field])
          .map((field) => ({ field, baseline: setups.baseline[field], candidate: setups.candidate[field] }))
      : [],
    common: pairs.length,
    compared: compared.length,
    refused: pairs
      .filter(([a, b]) => a.batch !== b.batch)
      .map(([a, b]) => ({
        model: a.model,
        imageSize: a.imageSize,
        reason: `another batch size: ${a.batch} against ${b.batch}`,
      })),
    slower: ratios.filter(({ ratio }) => ratio < 1 - tolerance).sort((a, b) => a.ratio - b.ratio),
  };
};
