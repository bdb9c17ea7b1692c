import { UserFault } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import { contains, type DayRange, dayNumber, dayText, instantText } from '../days.ts';
import type { DayMaturity } from '../maturity/day-maturity.ts';
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

/** Chunks of whole days, each with a number of its own. */
interface Calendar {
  /** The number of a day's chunk, in SQL over `day`. */
  group: string;
  keyOf(day: number): number;
  /** All days of the chunk that holds this one. */
  span(day: number): DayRange;
}

/** Day 4 was a Monday; a multiple of seven more keeps days before it above 0. */
const WEEKS = 7_000_003;
const weekOf = (day: number): number => Math.floor((day + WEEKS) / 7);
const OF_DAY = "(DATE '1970-01-01' + day)";
const monthOf = (day: number): { year: number; month: number } => {
  const date = new Date(day * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() };
};
const firstOf = (year: number, month: number): number => Date.UTC(year, month) / 86_400_000;

/** Weeks are ISO weeks, from Monday, months calendar months. */
const calendars: Record<string, Calendar> = {
  '1d': { group: 'day', keyOf: (day) => day, span: (day) => ({ from: day, to: day }) },
  '1w': {
    group: `((day + ${WEEKS}) // 7)`,
    keyOf: weekOf,
    span(day) {
      const monday = weekOf(day) * 7 - WEEKS;
      return { from: monday, to: monday + 6 };
    },
  },
  '1mo': {
    group: `(year(${OF_DAY}) * 12 + month(${OF_DAY}))`,
    keyOf(day) {
      const { year, month } = monthOf(day);
      return year * 12 + month + 1;
    },
    span(day) {
      const { year, month } = monthOf(day);
      return { from: firstOf(year, month), to: firstOf(year, month + 1) - 1 };
    },
  },
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

/**
 * Cuts the rows of a dataset into chunks in time order; days without rows make no chunk.
 * @param days of the rows within, in order: calendar chunks are made of them without another scan.
 */
export async function chunkPlan(
  dataset: OpenDataset,
  database: Database,
  chunk: string,
  bounds: SeriesScope,
  days: Promise<readonly DayMaturity[]>,
): Promise<ChunkPlan> {
  const calendar = calendars[chunk];
  const plan = calendar
    ? calendarPlan(dataset, calendar, bounds.reference, await days)
    : await rowPlan(dataset, database, Number(chunk), bounds);
  const straddling = plan.chunks.filter(
    (one) => one.period === 'analysis' && one.days.some(({ day }) => contains(bounds.reference, day)),
  );
  const notes = straddling.map(
    ({ from, to }) => `the chunk ${from}..${to} lies only partly in the reference and counts as analysis`,
  );
  return { ...plan, notes: [...plan.notes, ...notes] };
}

/** What a chunk is made of, before it has a name. */
type Gathered = Pick<PlannedChunk, 'key' | 'rows' | 'labelled' | 'days'>;

/** Days of the same chunk together. */
function gather(lines: Iterable<ChunkDay & { key: number }>): Gathered[] {
  const chunks = new Map<number, Gathered>();
  for (const { key, ...day } of lines) {
    const chunk = chunks.get(key) ?? { key, rows: 0, labelled: 0, days: [] };
    chunk.rows += day.rows;
    chunk.labelled += day.labelled;
    chunk.days.push(day);
    chunks.set(key, chunk);
  }
  if (chunks.size === 0) throw new UserFault('no predictions to cut into chunks');
  refuseTooMany(chunks.size);
  return [...chunks.values()];
}

function refuseTooMany(chunks: number): void {
  if (chunks > MOST_CHUNKS) {
    throw new UserFault(`too many chunks, at most ${MOST_CHUNKS} can be shown (choose larger ones): ${chunks}`);
  }
}

const periodOf = ({ from, to }: DayRange, reference: DayRange): PlannedChunk['period'] =>
  from >= reference.from && to <= reference.to ? 'reference' : 'analysis';

/** Chunks are cut off where the data begins and ends. */
function calendarPlan(
  dataset: OpenDataset,
  { group, keyOf, span }: Calendar,
  reference: DayRange,
  days: readonly DayMaturity[],
): ChunkPlan {
  const first = dayNumber(dataset.firstDay);
  const last = dayNumber(dataset.lastDay);
  const lines = days.map(({ day, predictions: rows, labelled }) => ({ key: keyOf(day), day, rows, labelled }));
  const chunks = gather(lines).map((chunk): PlannedChunk => {
    const whole = span((chunk.days[0] as ChunkDay).day);
    const cut = { from: Math.max(whole.from, first), to: Math.min(whole.to, last) };
    return { ...chunk, from: dayText(cut.from), to: dayText(cut.to), period: periodOf(cut, reference) };
  });
  return { group, calendar: true, chunks, notes: [] };
}

/** Chunks of so many rows are named by their first and last instant. */
async function rowPlan(
  dataset: OpenDataset,
  database: Database,
  size: number,
  bounds: SeriesScope,
): Promise<ChunkPlan> {
  const group = await rowGroups(database, size, bounds);
  const { key, day, n, l, first, last } = (await database.columns(
    `SELECT (${group})::INTEGER AS key, day, count(*) AS n, count(*) FILTER (${labelled(dataset, bounds.asOfUs)}) AS l,
       min(at_us) AS first, max(at_us) AS last
     FROM ${EVERY_ROW_FULLY.over('row')} WHERE ${bounds.within} GROUP BY ALL ORDER BY 1, 2`,
  )) as Record<'key' | 'day' | 'n' | 'l' | 'first' | 'last', Float64Array>;
  const ends = new Map<number, { from: number; to: number }>();
  const lines = Array.from(key, (one, i) => {
    const known = ends.get(one) ?? { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
    ends.set(one, { from: Math.min(known.from, first[i] as number), to: Math.max(known.to, last[i] as number) });
    return { key: one, day: day[i] as number, rows: n[i] as number, labelled: l[i] as number };
  });
  const chunks = gather(lines).map((chunk): PlannedChunk => {
    const { from, to } = ends.get(chunk.key) as { from: number; to: number };
    const span = { from: (chunk.days[0] as ChunkDay).day, to: (chunk.days.at(-1) as ChunkDay).day };
    return { ...chunk, from: instantText(from), to: instantText(to), period: periodOf(span, bounds.reference) };
  });
  return { group, calendar: false, chunks, notes: shortChunks(chunks, size) };
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
  refuseTooMany(chunks);
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
