/** Where an analysis reads its rows from, and what each counts: columns of `row`, `id` (position in time) and the weight. */
export interface WeightedRows {
  /** SQL that can stand after FROM, over `row` or a table with its columns, in time order. */
  over(table: string): string;
  /** SQL expression: 1.0, or a column of multiples of WEIGHT_STEP in 0..MAX_WEIGHT. */
  weight: string;
  release(): Promise<void>;
}

/** The weight expression of rows that all count fully. */
export const FULL_WEIGHT = '1.0';

export const EVERY_ROW_FULLY: WeightedRows = {
  over: (table) => `(SELECT *, rowid AS id FROM ${table})`,
  weight: FULL_WEIGHT,
  release: async () => {},
};
