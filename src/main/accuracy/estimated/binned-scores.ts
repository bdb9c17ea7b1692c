import { doubleLiteral } from '../../platform/sql.ts';
import { EVERY_ROW_FULLY } from '../weighted-rows.ts';

/**
 * SQL: rows with a score and a prediction per bin of the score, one line for each that holds any: the keys, `bin` and `n`.
 * @param ends where bins end, ascending; @param keys SQL over `row` by name; @param where predicate over `row`.
 */
export function binnedScores(ends: Float64Array, keys: Record<string, string>, where: string): string {
  const names = Object.keys(keys).join(', ');
  const columns = Object.entries(keys).map(([name, sql]) => `${sql} AS ${name}`);
  const edges = Array.from(ends, doubleLiteral).join(', ');
  return `SELECT ${names}, bin - 1 AS bin, n FROM (
      SELECT ${names}, unnest(map_values(h)) AS n, generate_subscripts(map_values(h), 1) AS bin FROM (
        SELECT ${columns.join(', ')}, histogram(score, [${edges}]) AS h
        FROM ${EVERY_ROW_FULLY.over('row')} WHERE score IS NOT NULL AND predicted IS NOT NULL AND (${where}) GROUP BY ALL))
    WHERE n > 0`;
}
