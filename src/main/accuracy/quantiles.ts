import { doubleLiteral } from '../platform/sql.ts';

/** Several quantiles of one column by one aggregate, which sorts its values once; its result is a list named `as`. */
export const quantileList = (sql: string, shares: readonly number[], as: string, where = 'TRUE'): string =>
  `quantile_disc(${sql}, [${shares.join(', ')}])${where === 'TRUE' ? '' : ` FILTER (${where})`} AS ${as}`;

/** Reads such a list back, as columns `<as>_0`, `<as>_1`, ... */
export const quantileColumns = (as: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `${as}[${i + 1}]::DOUBLE AS ${as}_${i}`).join(', ');

/** Cases of a CASE: the number of the bin a value lies in, each closed on the right by its edge; half the work of counting edges below. */
export const binCases = (sql: string, edges: readonly number[]): string => {
  const ends = [...new Set(edges)];
  return `${ends.map((end, bin) => `WHEN ${sql} <= ${doubleLiteral(end)} THEN ${bin}`).join(' ')} ELSE ${ends.length}`;
};
