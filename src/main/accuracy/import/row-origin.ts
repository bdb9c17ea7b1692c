import { quoteLiteral } from '../../platform/sql.ts';

/**
 * Where a row of the cache came from, in as few bytes as do the work: whoever looks for the rows of an id or a file may find a few
 * more than those, never fewer. Both follow DuckDB's hash, which another version of it may change.
 */

/** 48 bits of the hash that also orders rows of one instant; ids that are missing share one. */
export const idHashSql = (key: string): string => `(hash(${key}) >> 16)`;

/** Of the path of a file below the root of its side, in SQL; some files may share one. */
export const fileTagSql = (path: string, root: string): string =>
  `CAST(hash(substr(${path}, length(${quoteLiteral(root)}) + 1)) % 4096 AS USMALLINT)`;
