import { farTimeSql, isFarTime } from '../days.ts';
import type { ImportBuild } from './import-build.ts';

interface Span {
  rows: number;
  firstDay: string;
  lastDay: string;
  lastInstantUs: number;
}

/** How many rows `cache.row` has, and of which times. */
export async function readSpan(build: ImportBuild): Promise<Span> {
  const [span] = await build.database.rows<{ n: number; first: string; last: string }>(
    `SELECT count(*) AS n, CAST(DATE '1970-01-01' + min(day) AS VARCHAR) AS first, CAST(DATE '1970-01-01' + max(day) AS VARCHAR) AS last
     FROM cache.row`,
  );
  const { n, first, last } = span!;
  return { rows: n, firstDay: first, lastDay: last, lastInstantUs: await lastInstantUs(build) };
}

/** The latest prediction or label; a filler for a missing time is no moment the data know of, unless there is no other. */
async function lastInstantUs({ database, former }: ImportBuild): Promise<number> {
  const latest = async (rows: (column: string) => string): Promise<string | null> => {
    const ends = ['at_us', 'label_us'].map((column) => `max(${column})${rows(column)}`);
    const [found] = await database.rows<{ instant: string | null }>(
      `SELECT CAST(greatest(${ends.join(', ')}) AS VARCHAR) AS instant FROM cache.row`,
    );
    return found!.instant;
  };
  const usual = (column: string) => ` FILTER (NOT ${farTimeSql(column)})`;
  const any = () => latest(() => '');
  // Of a table that was just written DuckDB knows the ends without reading it.
  const end = former ? null : Number(await any());
  if (end !== null && !isFarTime(end)) return end;
  return Number((await latest(usual)) ?? (await any()));
}
