import type { FeatureDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { DayRange } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { EVERY_ROW_FULLY } from '../weighted-rows.ts';
import { binDistances } from './bin-distances.ts';
import { binnedDeviation, binnedDistance, shareBins } from './binned-distance.ts';
import { pooledBins, type ValueBins } from './binned-values.ts';
import { CATEGORICAL_METHOD, categoryChange } from './categorical-drift.ts';
import { type Feature, unmeasuredDrift } from './feature.ts';
import { valueBins } from './value-bins.ts';
import { type ValueSources, valueSources } from './value-source.ts';

/** How rows are grouped: by day, or by an integer expression over `row`. */
export interface Grouping {
  /** Predicate over `day`: every row that belongs to a group. */
  days: string;
  whereSql: string;
  group?: string;
  /** Rows that are grouped, where known: how they are best counted. */
  size?: number;
}

/** Distributions of features per group, from which the drift of any set of groups against any other follows. */
export interface FeatureGroups {
  feature: Feature;
  drift(reference: readonly number[], current: readonly number[]): FeatureDrift;
}

/** Features are many: merged as soon as they have more values than bins. */
const BINS = { bins: 100, exactCells: 0 };
const COUNTED_TOGETHER = 100;

/** Reads each feature once, grouped; `reference` only places bin ends at its tenths. */
export async function featureGroups(
  dataset: OpenDataset,
  database: Database,
  features: readonly Feature[],
  reference: DayRange,
  grouping: Grouping,
): Promise<FeatureGroups[]> {
  const numeric = features.filter(({ kind }) => kind === 'numeric');
  const [sources, rows] = await Promise.all([
    valueSources(dataset, grouping.size),
    groupSizes(database, numeric, grouping),
  ]);
  return Promise.all(
    features.map((feature) =>
      feature.kind === 'numeric'
        ? numericGroups(database, sources, feature, reference, grouping, rows)
        : categoricalGroups(dataset, database, feature, grouping),
    ),
  );
}

/** Rows per group, and rows with a value per feature position. */
interface GroupSizes {
  rows: Map<number, number>;
  values: Map<number, Map<number, number>>;
}

async function groupSizes(
  database: Database,
  features: readonly Feature[],
  { days, whereSql, group = 'day' }: Grouping,
): Promise<GroupSizes> {
  const sizes: GroupSizes = { rows: new Map(), values: new Map() };
  for (let start = 0; start < features.length; start += COUNTED_TOGETHER) {
    const part = features.slice(start, start + COUNTED_TOGETHER);
    const counts = part.map(({ position }) => `, count(f${position}) AS n${position}`).join('');
    const columns = await database.columns(
      `SELECT (${group})::INTEGER AS grp, count(*) AS n${counts} FROM ${EVERY_ROW_FULLY.over('row')} WHERE (${days}) AND (${whereSql}) GROUP BY 1 ORDER BY 1`,
    );
    const keys = columns.grp as Float64Array;
    keys.forEach((key, i) => {
      sizes.rows.set(key, (columns.n as Float64Array)[i] as number);
    });
    for (const { position } of part) {
      const values = columns[`n${position}`] as Float64Array;
      sizes.values.set(position, new Map(Array.from(keys, (key, i) => [key, values[i] as number])));
    }
  }
  return sizes;
}

const sumOver = (map: Map<number, number> | undefined, keys: readonly number[]): number =>
  keys.reduce((sum, key) => sum + (map?.get(key) ?? 0), 0);

async function numericGroups(
  database: Database,
  sources: ValueSources,
  feature: Feature,
  reference: DayRange,
  grouping: Grouping,
  sizes: GroupSizes,
): Promise<FeatureGroups> {
  const source = sources.of(feature.position, {
    days: grouping.days,
    rows: grouping.whereSql,
    ...(grouping.group === undefined ? {} : { group: grouping.group }),
  });
  const bins = await valueBins(database, source, reference, BINS);
  const present = sizes.values.get(feature.position);
  const nullShare = (keys: readonly number[]): number => 1 - sumOver(present, keys) / sumOver(sizes.rows, keys);
  return {
    feature,
    drift(before, now) {
      const drift: FeatureDrift = { ...unmeasuredDrift(feature), method: 'binned@1' };
      for (const [name, keys] of [
        ['reference', before],
        ['current', now],
      ] as const) {
        if (sumOver(sizes.rows, keys) === 0) return { ...drift, reason: `no rows in the ${name} window` };
      }
      drift.nullShareChange = nullShare(now) - nullShare(before);
      if (!bins) return { ...drift, reason: 'no values' };
      return { ...drift, ...numericDistances(bins, before, now) };
    },
  };
}

/** Distances of two sets of groups on shared bins, and the error they can have. */
export function numericDistances(
  bins: ValueBins,
  before: readonly number[],
  now: readonly number[],
): Partial<FeatureDrift> {
  const reference = pooledBins(bins, before);
  const current = pooledBins(bins, now);
  const distance = binnedDistance(bins, reference, current);
  if (!distance) return { reason: 'no values in one of the windows' };
  const shares = shareBins(reference, current);
  const deviation = binnedDeviation(reference);
  const bound = distance.bound === 0 ? 'exact' : `error at most ${Number(distance.bound.toPrecision(3))}`;
  const ks = bins.exact ? 'ks exact' : 'ks at their ends';
  return {
    ...binDistances(shares.reference, shares.current),
    wasserstein: distance.wasserstein,
    ks: distance.ks,
    normalised: deviation > 0 ? distance.wasserstein / deviation : null,
    method: `wasserstein on ${bins.ends.length} bins, ${bound}; ${ks}; js: distance, base 2, and psi: zero fill 1e-4, on 10 equal-count bins of the reference@1`,
    ...(deviation > 0 ? {} : { reason: 'constant in the reference window: no normalised distance' }),
  };
}

async function categoricalGroups(
  dataset: OpenDataset,
  database: Database,
  feature: Feature,
  { days, whereSql, group = 'day' }: Grouping,
): Promise<FeatureGroups> {
  const [{ grp, code, n }, dictionary] = await Promise.all([
    database.columns(
      `SELECT (${group})::INTEGER AS grp, f${feature.position} AS code, count(*) AS n FROM ${EVERY_ROW_FULLY.over('row')}
       WHERE (${days}) AND (${whereSql}) GROUP BY ALL ORDER BY ALL`,
    ) as Promise<Record<'grp' | 'code' | 'n', Float64Array>>,
    dataset.dictionary('feature', feature.position),
  ]);
  const groups = new Map<number, Map<number, number>>();
  for (let i = 0; i < grp.length; i++) {
    const key = grp[i] as number;
    const counts = groups.get(key) ?? new Map<number, number>();
    counts.set(code[i] as number, n[i] as number);
    groups.set(key, counts);
  }
  return {
    feature,
    drift(before, now) {
      const reference = pooledCounts(groups, before);
      const current = pooledCounts(groups, now);
      const codes = [...new Set([...reference.keys(), ...current.keys()])].sort((a, b) => a - b);
      const counts = {
        codes,
        reference: codes.map((one) => reference.get(one) ?? 0),
        current: codes.map((one) => current.get(one) ?? 0),
      };
      return { ...unmeasuredDrift(feature), ...categoryChange(counts, dictionary), method: CATEGORICAL_METHOD };
    },
  };
}

function pooledCounts(groups: Map<number, Map<number, number>>, keys: readonly number[]): Map<number, number> {
  const pooled = new Map<number, number>();
  for (const key of keys) {
    for (const [code, n] of groups.get(key) ?? []) pooled.set(code, (pooled.get(code) ?? 0) + n);
  }
  return pooled;
}
