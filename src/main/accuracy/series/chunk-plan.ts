import { UserFault } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import { contains, type DayRange, dayNumber, dayText, instantText } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { inRange, labelled } from '../scope.ts';
import { EVERY_ROW_FULLY } from '../weighted-rows.ts';

/** What one chunk holds of one day. */
export interface ChunkDay {
  day: number;
  rows: number;
  labelled: number;
}

export interface PlannedChunk {
  /** Value of the group expression. */
  key: number;
  from: string;
  to: string;
  period: 'reference' | 'analysis';
  rows: number;
  labelled: number;
  days: ChunkDay[];
}

export interface ChunkPlan {
  /** Integer expression over the rows of a source with `day` and `id`. */
  group: string;
  /** Chunks are unions of whole days. */
  calendar: boolean;
  chunks: PlannedChunk[];
  notes: string[];
}

/** So many chunks still make a chart; beyond, the chunk is too small for the data. */
const MOST_CHUNKS = 5000;
const OF_DAY = "(DATE '1970-01-01' + day)";

/** Integer expressions that name the chunk of a day; weeks are ISO weeks, from Monday, months calendar months. */
const calendars: Record<string, string> = {
  '1d': 'day',
  '1w': '((day + 7000003) // 7)',
  '1mo': `(year(${OF_DAY}) * 12 + month(${OF_DAY}))`,
};

/** What a series is made of, fixed before looking. */
export interface SeriesScope {
  reference: DayRange;
  asOfUs: number;
  /** Predicate over `row`. */
  within: string;
  seed: number;
}

export const rowsIn = ({ chunks }: ChunkPlan): number => chunks.reduce((sum, { rows }) => sum + rows, 0);

/** Cuts the rows of a dataset into chunks in time order; days without rows make no chunk. */
export async function chunkPlan(
  dataset: OpenDataset,
  database: Database,
  chunk: string,
  bounds: SeriesScope,
): Promise<ChunkPlan> {
  const notes: string[] = [];
  const calendar = calendars[chunk];
  const group = calendar ?? (await rowGroups(database, Number(chunk), bounds));
  // Chunks of whole days are named by their days: their instants are not read.
  const ends = calendar ? '0 AS first, 0 AS last' : 'min(at_us) AS first, max(at_us) AS last';
  const { key, day, n, l, first, last } = (await database.columns(
    `SELECT (${group})::INTEGER AS key, day, count(*) AS n, count(*) FILTER (${labelled(dataset, bounds.asOfUs)}) AS l, ${ends}
     FROM ${EVERY_ROW_FULLY.over('row')} WHERE ${bounds.within} GROUP BY ALL ORDER BY 1, 2`,
  )) as Record<'key' | 'day' | 'n' | 'l' | 'first' | 'last', Float64Array>;
  const chunks = new Map<number, PlannedChunk & { firstUs: number; lastUs: number }>();
  for (let i = 0; i < key.length; i++) {
    const one = key[i] as number;
    const chunk = chunks.get(one) ?? {
      key: one,
      from: '',
      to: '',
      period: 'analysis' as const,
      rows: 0,
      labelled: 0,
      days: [],
      firstUs: Number.POSITIVE_INFINITY,
      lastUs: Number.NEGATIVE_INFINITY,
    };
    chunk.rows += n[i] as number;
    chunk.labelled += l[i] as number;
    chunk.days.push({ day: day[i] as number, rows: n[i] as number, labelled: l[i] as number });
    chunk.firstUs = Math.min(chunk.firstUs, first[i] as number);
    chunk.lastUs = Math.max(chunk.lastUs, last[i] as number);
    chunks.set(one, chunk);
  }
  if (chunks.size === 0) throw new UserFault('no predictions to cut into chunks');
  if (chunks.size > MOST_CHUNKS) {
    throw new UserFault(`too many chunks, at most ${MOST_CHUNKS} can be shown (choose larger ones): ${chunks.size}`);
  }
  const data = { from: dayNumber(dataset.firstDay), to: dayNumber(dataset.lastDay) };
  const planned = [...chunks.values()].map(({ firstUs, lastUs, ...chunk }): PlannedChunk => {
    const span = calendar
      ? calendarSpan(chunk.key, chunk.days[0]?.day ?? 0, calendar, data)
      : { from: chunk.days[0]?.day ?? 0, to: chunk.days.at(-1)?.day ?? 0 };
    return {
      ...chunk,
      from: calendar ? dayText(span.from) : instantText(firstUs),
      to: calendar ? dayText(span.to) : instantText(lastUs),
      period: span.from >= bounds.reference.from && span.to <= bounds.reference.to ? 'reference' : 'analysis',
    };
  });
  if (!calendar) notes.push(...shortChunks(planned, Number(chunk)));
  const straddling = planned.filter(
    (one) => one.period === 'analysis' && one.days.some(({ day }) => contains(bounds.reference, day)),
  );
  for (const one of straddling) {
    notes.push(`the chunk ${one.from}..${one.to} lies only partly in the reference and counts as analysis`);
  }
  return { group, calendar: calendar !== undefined, chunks: planned, notes };
}

/** Days of a calendar chunk, cut off where the data begins and ends. */
function calendarSpan(key: number, day: number, calendar: string, data: DayRange): DayRange {
  if (calendar === 'day') return { from: day, to: day };
  const clip = (from: number, to: number): DayRange => ({ from: Math.max(from, data.from), to: Math.min(to, data.to) });
  if (calendar === calendars['1w']) {
    const monday = key * 7 - 7000003;
    return clip(monday, monday + 6);
  }
  const date = new Date(day * 86_400_000);
  const start = (months: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  return clip(start(0) / 86_400_000, start(1) / 86_400_000 - 1);
}

/**
 * Chunks of N rows in time order, begun anew where the reference begins and ends so that no chunk lies in both periods.
 * Without a restriction the position of a row says its chunk; else the first rows of the chunks are looked up.
 */
async function rowGroups(database: Database, size: number, { reference, within }: SeriesScope): Promise<string> {
  const part = `CASE WHEN day < ${reference.from} THEN 0 WHEN day <= ${reference.to} THEN 1 ELSE 2 END`;
  const [line] = await database.rows<Record<'a' | 'b' | 'c' | 'last', number | null>>(
    `SELECT count(*) FILTER (day < ${reference.from}) AS a, count(*) FILTER (${inRange(reference)}) AS b, count(*) AS c, max(id) AS last
     FROM ${EVERY_ROW_FULLY.over('row')} WHERE ${within}`,
  );
  const [a, b, c] = [line?.a ?? 0, line?.b ?? 0, line?.c ?? 0];
  const chunks = Math.ceil(a / size) + Math.ceil(b / size) + Math.ceil((c - a - b) / size);
  if (chunks > MOST_CHUNKS) {
    throw new UserFault(`too many chunks, at most ${MOST_CHUNKS} can be shown (choose larger ones): ${chunks}`);
  }
  if (line?.last === c - 1) {
    const second = Math.ceil(a / size);
    const third = second + Math.ceil(b / size);
    return `CASE WHEN id < ${a} THEN id // ${size} WHEN id < ${a + b} THEN ${second} + (id - ${a}) // ${size} ELSE ${third} + (id - ${a + b}) // ${size} END`;
  }
  const { id } = await database.columns(
    `SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY ${part} ORDER BY id) - 1 AS r FROM ${EVERY_ROW_FULLY.over('row')} WHERE ${within})
     WHERE r % ${size} = 0 ORDER BY id`,
  );
  return steps([...(id as Float64Array)], 0, (id as Float64Array).length - 1);
}

/** The last position in `firsts` at or below `id`, by bisection. */
function steps(firsts: readonly number[], low: number, high: number): string {
  if (low >= high) return String(low);
  const middle = (low + high + 1) >> 1;
  return `CASE WHEN id < ${firsts[middle]} THEN ${steps(firsts, low, middle - 1)} ELSE ${steps(firsts, middle, high)} END`;
}

const shortChunks = (chunks: readonly PlannedChunk[], size: number): string[] =>
  chunks
    .filter(({ rows }) => rows < size)
    .map(({ from, to, rows }) => `the chunk ${from}..${to} is short and kept: ${rows} of ${size} rows`);
