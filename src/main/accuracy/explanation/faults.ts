import type { Explanation, Segment } from '../../../shared/model/comparison.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import type { Dictionaries } from '../segments/table.ts';

export type Fault = Explanation['faults'][number] & {
  /** SQL over `row`: the rows it touches. */
  affected: string;
};

/** A share of missing values must rise by this much, over enough rows, to be called a fault of the data. */
const NULL_RISE = 0.2;
const FEWEST_ROWS = 100;
/** Features watched per scan, so that a table of thousands of columns stays one plan of bounded size. */
const PER_SCAN = 100;
/** The centre of a feature moved by about a power of ten or a common unit factor. */
const UNIT_FACTORS = [10, 100, 1000, 1e6, 60, 3600, 2.54, 1.609344, 1.8];

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
  scope: { where: string; side: string },
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
  scope: { where: string; side: string },
  code: string,
  watched: readonly { index: number; sql: string }[],
): Promise<NullCount[]> {
  const counts = watched.map(({ index, sql }) => `count(*) FILTER (${sql}) AS n${index}`).join(', ');
  const data = await database.columns(
    `SELECT ${code} AS code, ${scope.side} AS side, count(*) AS n, ${counts} FROM row WHERE ${scope.where}
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
  const feature = dataset.features[index]?.name as string;
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
          feature,
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
    feature,
    kind: 'missing values',
    segment: {},
    reference: shareOf(total.reference),
    current: shareOf(total.current),
    affected: `(${sql})`,
  };
}

async function shapeFaults(
  dataset: OpenDataset,
  database: Database,
  scope: { where: string; side: string },
): Promise<Fault[]> {
  const numeric = dataset.features.filter((feature) => feature.kind === 'numeric');
  const faults: Fault[] = [];
  for (let start = 0; start < numeric.length; start += PER_SCAN) {
    const batch = numeric.slice(start, start + PER_SCAN);
    const list = batch
      .map(
        ({ position: p }) =>
          `min(f${p}) AS a${p}, max(f${p}) AS b${p}, median(abs(f${p})) AS m${p}, count(f${p}) AS n${p}`,
      )
      .join(', ');
    const data = await database.columns(
      `SELECT ${scope.side} AS side, ${list} FROM row WHERE ${scope.where} GROUP BY 1 ORDER BY 1`,
    );
    if ((data.side as Float64Array).length < 2) continue;
    for (const { name, position: p } of batch) {
      const at = (letter: string, side: number): number => data[`${letter}${p}`]?.[side] ?? Number.NaN;
      if (Math.min(at('n', 0), at('n', 1)) < FEWEST_ROWS) continue;
      const constant = (side: number): boolean => at('a', side) === at('b', side);
      const fault = { feature: name, segment: {}, affected: 'TRUE' };
      if (constant(1) && !constant(0))
        faults.push({ ...fault, kind: 'became constant', reference: at('m', 0), current: at('a', 1) });
      const factor = at('m', 1) / at('m', 0);
      const unit = UNIT_FACTORS.some(
        (u) => Math.abs(Math.log(factor / u)) < 0.02 || Math.abs(Math.log(factor * u)) < 0.02,
      );
      if (Number.isFinite(factor) && factor > 0 && unit && rangesApart(at, factor)) {
        faults.push({ ...fault, kind: 'unit changed', reference: at('m', 0), current: at('m', 1) });
      }
    }
  }
  return faults;
}

/** A unit change scales both ends of the range, not the middle alone. */
function rangesApart(at: (letter: string, side: number) => number, factor: number): boolean {
  const ends =
    Math.max(Math.abs(at('a', 1)), Math.abs(at('b', 1))) / Math.max(Math.abs(at('a', 0)), Math.abs(at('b', 0)));
  return Math.abs(Math.log(ends / factor)) < Math.log(2);
}
