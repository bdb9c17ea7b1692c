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

/** These make another workload, so no row can be compared. */
const methodology: (keyof TimmSetup)[] = ['mode', 'precision', 'layout'];
const stack: (keyof TimmSetup)[] = ['gpu', 'torch', 'cuda'];

const keyOf = ({ model, imageSize }: TimmRow) => `${model} ${imageSize}`;

const indexed = (table: Table): { setup: TimmSetup | null; rows: Map<string, TimmRow> } => {
  const file = resultFile(table.text, table.name);
  const rows = new Map<string, TimmRow>();
  for (const row of timmRows(file)) {
    if (rows.has(keyOf(row))) throw refusal(file, `two rows of ${row.model} at ${row.imageSize}, keep one of them`);
    rows.set(keyOf(row), row);
  }
  return { setup: timmSetup(file.name), rows };
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
export const compareTables = (baseline: Table, candidate: Table, tolerance = 0.05): TableComparison => {
  const [before, after] = [indexed(baseline), indexed(candidate)];
  const reasons = wholeReasons(before.setup, after.setup);
  const pairs = [...before.rows].flatMap(([key, row]): [TimmRow, TimmRow][] => {
    const other = after.rows.get(key);
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
