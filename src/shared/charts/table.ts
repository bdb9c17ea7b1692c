export type TableCell = string | number | boolean | null;

/** What a chart shows, as rows: the alternative to looking, and what an export writes. */
export interface ChartTable {
  columns: string[];
  rows: TableCell[][];
}

/** One position on a chart's horizontal axis and the sentence spoken there. */
export interface ChartStep {
  x: number;
  text: string;
}
