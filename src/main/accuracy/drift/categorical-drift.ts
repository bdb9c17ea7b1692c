import type { FeatureDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { inRange } from '../scope.ts';
import { binDistances } from './bin-distances.ts';
import { type Feature, type FeatureDriftRequest, unmeasuredDrift } from './feature.ts';

export const CATEGORICAL_METHOD =
  'js: distance, base 2, and psi: zero fill 1e-4, on categories, missing being one of them@1';
const LISTED = 20;

/** Rows per category of both sides, `codes` ascending. */
export interface CategoryCounts {
  codes: ArrayLike<number>;
  reference: ArrayLike<number>;
  current: ArrayLike<number>;
}

export async function categoricalDrift(
  dataset: OpenDataset,
  database: Database,
  feature: Feature,
  { reference, current, whereSql = 'TRUE' }: FeatureDriftRequest,
): Promise<FeatureDrift> {
  const [{ code, r, c }, dictionary] = await Promise.all([
    database.columns(
      `SELECT f${feature.position} AS code, count(*) FILTER (${inRange(reference)}) AS r, count(*) FILTER (${inRange(current)}) AS c
       FROM row WHERE (${inRange(reference)} OR ${inRange(current)}) AND (${whereSql}) GROUP BY 1 ORDER BY 1`,
    ) as Promise<Record<'code' | 'r' | 'c', Float64Array>>,
    dataset.dictionary('feature', feature.position),
  ]);
  return {
    ...unmeasuredDrift(feature),
    ...categoryChange({ codes: code, reference: r, current: c }, dictionary),
    method: CATEGORICAL_METHOD,
  };
}

/** Distances, change of the missing share and the categories that only the current side has, most frequent first. */
export function categoryChange(
  { codes, reference, current }: CategoryCounts,
  dictionary: readonly (string | null)[],
): Partial<FeatureDrift> {
  let before = 0;
  let after = 0;
  let missingBefore = 0;
  let missingAfter = 0;
  const appeared: { value: string; rows: number }[] = [];
  for (let i = 0; i < codes.length; i++) {
    const r = reference[i] as number;
    const c = current[i] as number;
    const value = dictionary[codes[i] as number] ?? null;
    before += r;
    after += c;
    if (value === null) {
      missingBefore += r;
      missingAfter += c;
    } else if (r === 0 && c > 0) appeared.push({ value, rows: c });
  }
  if (before === 0 || after === 0) return { reason: `no rows in the ${before === 0 ? 'reference' : 'current'} window` };
  appeared.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
  return {
    ...binDistances(reference, current),
    nullShareChange: missingAfter / after - missingBefore / before,
    newCategories: appeared.slice(0, LISTED).map(({ value }) => value),
    ...(appeared.length > LISTED
      ? { reason: `${appeared.length} new categories; the ${LISTED} most frequent are listed` }
      : {}),
  };
}
