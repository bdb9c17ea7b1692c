import type { Explanation, Segment } from '../../../shared/model/comparison.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { quantileColumns, quantileList } from '../quantiles.ts';
import type { Dictionaries } from '../segments/table.ts';

export type Fault = Explanation['faults'][number] & {
  /** Position of the feature. */
  position: number;
  /** SQL over `row`: the rows it touches. */
  affected: string;
};

export const EVERY_ROW = 'TRUE';

/** All rows of both windows, labelled or not. */
interface FaultScope {
  table: string;
  where: string;
  side: string;
}

/** A share of missing values must rise by this much, over enough rows, to be called a fault of the data. */
const NULL_RISE = 0.2;
const FEWEST_ROWS = 100;
/** Features watched per scan, so that a table of thousands of columns stays one plan of bounded size. */
const PER_SCAN = 100;
/** Factors between units that are large enough not to be mistaken for drift: metric prefixes, percent, time. */
const UNIT_FACTORS = [10, 60, 100, 1000, 3600, 86_400, 1e6, 1e9];
/** A unit change scales the whole distribution alike; drift does not hit the same factor at three quantiles. */
const UNIT_QUANTILES = [0.25, 0.5, 0.75];
const UNIT_PRECISION = Math.log(1.1);
/** Rows of a window that place its quantiles, evenly spaced in time: they only have to tell one unit from another. */
const PLACING_ROWS = 20_000;

interface NullCount {
  feature: number;
  code: number;
  reference: { n: number; nulls: number };
  current: { n: number; nulls: number };
}

/**
 * Null surges, features that became constant, and unit changes between the windows, each located in the segment value that carries it.
 * Cost: one scan per segment column and hundred features.
 */
export async function dataFaults(
  dataset: OpenDataset,
  database: Database,
  scope: FaultScope,
  dictionaries: Dictionaries,
): Promise<Fault[]> {
  const missing = await Promise.all(
    dataset.features.map(async (feature) => {
      if (feature.kind === 'numeric') return `f${feature.position} IS NULL`;
      const code = (await dataset.dictionary('feature', feature.position)).indexOf(null);
      return code < 0 ? null : `f${feature.position} = ${code}`;
    }),
  );
  const watched = missing.flatMap((sql, index) => (sql ? [{ index, sql }] : []));
  const faults: Fault[] = [];
  for (let start = 0; start < watched.length; start += PER_SCAN) {
    const batch = watched.slice(start, start + PER_SCAN);
    const whole = await nullCounts(database, scope, '0', batch);
    const raised = batch.filter(({ index }) => {
      const one = whole.find(({ feature }) => feature === index);
      return one !== undefined && rise(one) > 0.002;
    });
    if (raised.length === 0) continue;
    const bySegment = await Promise.all(
      dataset.segments.map((_, position) => nullCounts(database, scope, `s${position}`, raised)),
    );
    for (const { index, sql } of raised) {
      const total = whole.find(({ feature }) => feature === index) as NullCount;
      const fault = locate(dataset, dictionaries, index, sql, total, bySegment);
      if (fault) faults.push(fault);
    }
  }
  faults.push(...(await shapeFaults(dataset, database, scope)));
  return faults;
}

const shareOf = (count: { n: number; nulls: number }): number => (count.n > 0 ? count.nulls / count.n : 0);
const rise = (one: NullCount): number => shareOf(one.current) - shareOf(one.reference);

async function nullCounts(
  database: Database,
  scope: FaultScope,
  code: string,
  watched: readonly { index: number; sql: string }[],
): Promise<NullCount[]> {
  const counts = watched.map(({ index, sql }) => `count(*) FILTER (${sql}) AS n${index}`).join(', ');
  const data = await database.columns(
    `SELECT ${code} AS code, ${scope.side} AS side, count(*) AS n, ${counts} FROM ${scope.table} WHERE ${scope.where}
     GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const result = new Map<string, NullCount>();
  const column = (name: string): Float64Array => data[name] as Float64Array;
  for (const { index } of watched) {
    for (let i = 0; i < column('code').length; i++) {
      const value = column('code')[i] as number;
      const key = `${index}:${value}`;
      const one = result.get(key) ?? {
        feature: index,
        code: value,
        reference: { n: 0, nulls: 0 },
        current: { n: 0, nulls: 0 },
      };
      one[column('side')[i] === 1 ? 'current' : 'reference'] = {
        n: column('n')[i] as number,
        nulls: column(`n${index}`)[i] as number,
      };
      result.set(key, one);
    }
  }
  return [...result.values()];
}

/** The segment value that carries most of the new nulls, when one does; else everything, when the whole rose. */
function locate(
  dataset: OpenDataset,
  dictionaries: Dictionaries,
  index: number,
  sql: string,
  total: NullCount,
  bySegment: readonly NullCount[][],
): Fault | null {
  const feature = dataset.features[index] as OpenDataset['features'][number];
  const added = total.current.nulls - shareOf(total.reference) * total.current.n;
  let best: { fault: Fault; purity: number } | null = null;
  bySegment.forEach((counts, position) => {
    for (const one of counts) {
      if (one.feature !== index || one.current.n < FEWEST_ROWS || rise(one) < NULL_RISE) continue;
      const carried = (one.current.nulls - shareOf(one.reference) * one.current.n) / added;
      const coverage = one.current.n / total.current.n;
      // A value that carries most new nulls while holding few rows is where it happens; one that holds all rows says nothing.
      if (carried < 0.8 || coverage > 0.9) continue;
      const purity = rise(one) * carried;
      if (best && best.purity >= purity) continue;
      const segment: Segment = { [dataset.segments[position] as string]: dictionaries[position]?.[one.code] ?? null };
      best = {
        purity,
        fault: {
          feature: feature.name,
          position: feature.position,
          kind: 'missing values',
          segment,
          reference: shareOf(one.reference),
          current: shareOf(one.current),
          affected: `(s${position} = ${one.code})`,
        },
      };
    }
  });
  if (best) return (best as { fault: Fault }).fault;
  if (rise(total) < NULL_RISE) return null;
  return {
    feature: feature.name,
    position: feature.position,
    kind: 'missing values',
    segment: {},
    reference: shareOf(total.reference),
    current: shareOf(total.current),
    affected: `(${sql})`,
  };
}

async function shapeFaults(dataset: OpenDataset, database: Database, scope: FaultScope): Promise<Fault[]> {
  const numeric = dataset.features.filter((feature) => feature.kind === 'numeric');
  const faults: Fault[] = [];
  if (numeric.length === 0) return faults;
  const placing = await placingRows(database, scope);
  for (let start = 0; start < numeric.length; start += PER_SCAN) {
    const batch = numeric.slice(start, start + PER_SCAN);
    const asked = batch.map(({ position: p }) => {
      const quantiles = quantileList(`f${p}`, UNIT_QUANTILES, `q_${p}`, placing);
      return `count(f${p}) AS n_${p}, min(f${p}) AS low_${p}, max(f${p}) AS high_${p}, ${quantiles}`;
    });
    const read = batch.map(
      ({ position: p }) => `n_${p}, low_${p}, high_${p}, ${quantileColumns(`q_${p}`, UNIT_QUANTILES.length)}`,
    );
    const data = await database.columns(
      `SELECT side, ${read.join(', ')} FROM (SELECT ${scope.side} AS side, ${asked.join(', ')}
         FROM ${scope.table} WHERE ${scope.where} GROUP BY 1) ORDER BY side`,
    );
    if ((data.side as Float64Array).length < 2) continue;
    for (const { name, position } of batch) {
      const at = (statistic: string, side: 0 | 1): number => data[`${statistic}_${position}`]?.[side] ?? Number.NaN;
      if (Math.min(at('n', 0), at('n', 1)) < FEWEST_ROWS) continue;
      const quantile = (i: number, side: 0 | 1): number => data[`q_${position}_${i}`]?.[side] ?? Number.NaN;
      const constant = (side: 0 | 1): boolean => at('low', side) === at('high', side);
      const fault = { feature: name, position, segment: {}, affected: EVERY_ROW };
      if (constant(1) && !constant(0)) {
        faults.push({ ...fault, kind: 'became constant', reference: quantile(1, 0), current: quantile(1, 1) });
      } else if (unitChanged(UNIT_QUANTILES.map((_, i) => quantile(i, 1) / quantile(i, 0)))) {
        faults.push({ ...fault, kind: 'unit changed', reference: quantile(1, 0), current: quantile(1, 1) });
      }
    }
  }
  return faults;
}

/** Predicate of the rows that place quantiles: all of a small window, every so-manieth of a large one. */
async function placingRows(database: Database, { table, where, side }: FaultScope): Promise<string> {
  const { n } = await database.columns(
    `SELECT ${side} AS side, count(*) AS n FROM ${table} WHERE ${where} GROUP BY 1 ORDER BY 1`,
  );
  const [before = 1, now = 1] = Array.from(n as Float64Array, (rows) => Math.max(1, Math.floor(rows / PLACING_ROWS)));
  if (before === 1 && now === 1) return 'TRUE';
  return `rowid % (CASE WHEN ${side} = 1 THEN ${now} ELSE ${before} END) = 0`;
}

export function unitChanged(ratios: readonly number[]): boolean {
  return UNIT_FACTORS.some((factor) =>
    [factor, 1 / factor].some((by) => ratios.every((ratio) => Math.abs(Math.log(ratio / by)) < UNIT_PRECISION)),
  );
}
