import type { Database } from '../../platform/duckdb.ts';
import { hierarchicalBenjaminiHochberg } from '../../statistics/multiplicity.ts';
import type { MeasuredRows } from '../measured-rows.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { changeEstimate, type Side, sidesOf, tail } from './moments.ts';
import { readMoments, type SegmentMoments } from './read-moments.ts';

export interface SearchSettings {
  minCell: number;
  depth: number;
  delta: number;
  level: number;
  /** Adjusted p at or below which a segment counts. */
  alpha: number;
}

export interface Candidate {
  columns: number[];
  codes: number[];
  moments: SegmentMoments;
  /** Null below the minimum sample on either side. */
  sides: { reference: Side; current: Side } | null;
  /** One-sided p-values of harm and of improvement beyond the tolerance, unadjusted and adjusted over the search. */
  harm: { p: number; adjusted: number } | null;
  good: { p: number; adjusted: number } | null;
}

export interface SearchResult {
  candidates: Candidate[];
  examined: number;
  tested: number;
  notEnoughData: number;
}

/** All subsets of `count` positions with exactly `size` members, in order. */
export function subsets(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  const result: number[][] = [];
  for (let last = size - 1; last < count; last++) {
    for (const rest of subsets(last, size - 1)) result.push([...rest, last]);
  }
  return result;
}

/**
 * Every one- and two-column segment exactly, three-column ones inside the two-column segments that stand out; one scan per set of columns.
 * Families for multiplicity are the depths, parents first. Two-column sets cost columns^2 / 2 scans: with 20 columns that is 190.
 */
export async function searchSegments(
  database: Database,
  rows: MeasuredRows,
  settings: SearchSettings,
  { free, moments }: SegmentCells,
): Promise<SearchResult> {
  const read = moments.map((one) => candidate(one, rows, settings));
  const levels = [1, 2].map((size) => read.filter((one) => one.columns.length === size).sort(byPosition));
  adjust(levels);
  if (settings.depth >= 3 && free.length >= 3) {
    levels.push(await searchTriples(database, rows, settings, free, levels[1] ?? []));
    adjust(levels);
  }
  const candidates = levels.flat();
  const tested = candidates.filter((one) => one.sides !== null).length;
  return { candidates, examined: candidates.length, tested, notEnoughData: candidates.length - tested };
}

/** Singles and pairs of the columns that are free in the scope. */
export interface SegmentCells {
  free: number[];
  moments: SegmentMoments[];
}

export async function readSegments(
  dataset: OpenDataset,
  database: Database,
  rows: MeasuredRows,
  depth: number,
  fixed: readonly number[] = [],
): Promise<SegmentCells> {
  const free = dataset.segments.map((_, position) => position).filter((position) => !fixed.includes(position));
  const size = Math.min(depth, 2, free.length);
  if (size === 0) return { free, moments: [] };
  const sets = subsets(free.length, size).map((set) => set.map((index) => free[index] as number));
  const singles = size === 2 ? free.map((column) => [column]) : [];
  return { free, moments: await readMoments(database, rows, [...sets, ...singles]) };
}

function byPosition(a: SegmentPosition, b: SegmentPosition): number {
  for (let i = 0; i < a.columns.length; i++) {
    const difference =
      (a.columns[i] as number) - (b.columns[i] as number) || (a.codes[i] as number) - (b.codes[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

type SegmentPosition = Pick<Candidate, 'columns' | 'codes'>;

async function searchTriples(
  database: Database,
  rows: MeasuredRows,
  settings: SearchSettings,
  free: readonly number[],
  pairs: readonly Candidate[],
): Promise<Candidate[]> {
  const surviving = pairs.filter((pair) => pair.harm && pair.harm.adjusted <= settings.alpha);
  const sets = new Map<string, { columns: number[]; parents: Candidate[] }>();
  for (const parent of surviving) {
    for (const extra of free) {
      if (parent.columns.includes(extra)) continue;
      const columns = [...parent.columns, extra].sort((a, b) => a - b);
      const set = sets.get(columns.join()) ?? { columns, parents: [] };
      set.parents.push(parent);
      sets.set(columns.join(), set);
    }
  }
  const inside = (moments: SegmentPosition, parent: Candidate): boolean =>
    parent.columns.every((column, i) => moments.codes[moments.columns.indexOf(column)] === parent.codes[i]);
  const wanted = [...sets.values()].map(({ columns }) => columns);
  const read = await readMoments(database, rows, wanted);
  return read
    .filter(({ columns, codes }) =>
      sets.get(columns.join())?.parents.some((parent) => inside({ columns, codes }, parent)),
    )
    .map((moments) => candidate(moments, rows, settings));
}

function candidate(moments: SegmentMoments, rows: MeasuredRows, settings: SearchSettings): Candidate {
  const enough = moments.reference.rows >= settings.minCell && moments.current.rows >= settings.minCell;
  const weighted = moments.reference.weight > 0 && moments.current.weight > 0;
  const { columns, codes } = moments;
  if (!enough || !weighted) return { columns, codes, moments, sides: null, harm: null, good: null };
  const sides = sidesOf(moments.reference, moments.current, settings.level);
  return {
    columns,
    codes,
    moments,
    sides,
    harm: { p: tail(rows.value, sides.reference, sides.current, settings.delta), adjusted: 1 },
    good: { p: tail(rows.value, sides.reference, sides.current, settings.delta, false), adjusted: 1 },
  };
}

function adjust(levels: readonly Candidate[][]): void {
  for (const direction of ['harm', 'good'] as const) {
    const families = levels.map((level) => level.flatMap((one) => one[direction] ?? []));
    const adjusted = hierarchicalBenjaminiHochberg(families.map((family) => family.map(({ p }) => p)));
    families.forEach((family, i) => {
      family.forEach((test, j) => {
        test.adjusted = adjusted[i]?.[j] ?? 1;
      });
    });
  }
}

/** Beyond the tolerance as a whole interval and after multiplicity control. */
export function isHarm(one: Candidate, rows: MeasuredRows, settings: SearchSettings): boolean {
  if (!one.sides || !one.harm || one.harm.adjusted > settings.alpha) return false;
  const change = changeEstimate(rows.value, one.sides.reference, one.sides.current, settings.level);
  if (change.low === null || change.high === null) return false;
  return rows.value.better === 'higher' ? change.high < -settings.delta : change.low > settings.delta;
}
