import { quoteLiteral } from '../../platform/sql.ts';

/**
 * Where a row of the cache came from, in as few bytes as do the work: whoever looks for the rows of an id or a file may find a few
 * more than those, never fewer. Both follow DuckDB's hash, which another version of it may change.
 */

/** 53 bits, which a double holds, of the hash of an id; they also order rows of one instant. Ids that are missing share one. */
export const idHashSql = (key: string): string => shortHashSql(`hash(${key})`);
export const shortHashSql = (hash: string): string => `(${hash} >> 11)`;

/** Of the path of a file below the root of its side, in SQL; some files may share one. */
export const fileTagSql = (path: string, root: string): string =>
  `CAST(hash(substr(${path}, length(${quoteLiteral(root)}) + 1)) % 4096 AS USMALLINT)`;
