import { doubleLiteral } from '../../platform/sql.ts';

/** Rows per value: ascending keys, the missing value (NaN) last, no key without rows. */
export type Counts = Record<'k' | 'n', Float64Array>;

/** How a column is counted: by an integer SQL expression, or a number by bins, each closed on the right by its edge, the last one open. */
export type Counted = { code: string } | Binned;

interface Binned {
  number: string;
  ends: readonly number[];
}

/** One query that counts the values of some columns, and how its answer is read. */
export interface Counting {
  sql(where: string): string;
  /** In the order of the columns. */
  counts(answer: Record<string, Float64Array>): Counts[];
}

/** Numbers counted by one scan. */
const COUNTED_TOGETHER = 12;

/** Codes are grouped column by column; numbers are compared with their edges, many columns in one scan and without a key. */
export function countingsOf<Column extends Counted>(columns: readonly Column[]): { columns: Column[]; by: Counting }[] {
  const numbers = columns.filter((column): column is Column & Binned => 'number' in column);
  const parts = Array.from({ length: Math.ceil(numbers.length / COUNTED_TOGETHER) }, (_, i) =>
    numbers.slice(i * COUNTED_TOGETHER, (i + 1) * COUNTED_TOGETHER),
  );
  return [
    ...columns.flatMap((column) => ('code' in column ? [{ columns: [column], by: byCode(column.code) }] : [])),
    ...parts.map((part) => ({ columns: part, by: byEdges(part) })),
  ];
}

const byCode = (code: string): Counting => ({
  sql: (where) => `SELECT (${code})::INTEGER AS k, count(*) AS n FROM row WHERE ${where} GROUP BY k ORDER BY k`,
  counts: (answer) => [answer as Counts],
});

const byEdges = (columns: readonly Binned[]): Counting => ({
  sql: (where) => {
    const counts = columns.flatMap(({ number, ends }, i) => [
      `count(${number}) AS n${i}`,
      ...ends.map((end, j) => `sum((${number} <= ${doubleLiteral(end)})::UTINYINT) AS n${i}_${j}`),
    ]);
    return `SELECT ${['count(*) AS n', ...counts].join(', ')} FROM row WHERE ${where}`;
  },
  counts: (answer) => {
    // A sum over no rows is NULL.
    const read = (name: string): number => answer[name]?.[0] || 0;
    return columns.map(({ ends }, i) => {
      const upTo = [...ends.map((_, j) => read(`n${i}_${j}`)), read(`n${i}`)];
      const bins = upTo.map((n, j): [number, number] => [j, n - (upTo[j - 1] ?? 0)]);
      const found = [...bins, [Number.NaN, read('n') - read(`n${i}`)] as const].filter(([, n]) => n > 0);
      return { k: Float64Array.from(found, ([k]) => k), n: Float64Array.from(found, ([, n]) => n) };
    });
  },
});
