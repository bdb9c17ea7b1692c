import type { FeatureDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { eitherWindow, inRange } from '../scope.ts';
import { binDistances } from './bin-distances.ts';
import type { ValueBins } from './binned-values.ts';
import { categoricalDrift } from './categorical-drift.ts';
import { exactDistance } from './exact-distance.ts';
import { chosenFeatures, type Feature, type FeatureDriftRequest, notMeasured, unmeasuredDrift } from './feature.ts';
import { numericDistances } from './feature-groups.ts';
import { readAllStoredBins } from './stored-bins.ts';
import { type ValueSources, valueSources } from './value-source.ts';

const BEFORE = 0;
const NOW = 1;

/** Columns whose nulls are counted in one scan. */
const COUNTED_TOGETHER = 100;

const NUMERIC =
  'wasserstein and ks exact, over the population standard deviation of the reference; js: distance, base 2, and psi: zero fill 1e-4, on 10 equal-count bins of the reference@1';

/**
 * What moved among the inputs, one entry per feature in the dataset's order: stored and shown when asked for, never an alarm.
 * Numeric: one streaming pass per feature, O(rows). Categorical: one grouped scan per feature. Features beyond the budget come
 * back unmeasured with the reason, and are measured when named.
 */
export async function featureDrift(dataset: OpenDataset, request: FeatureDriftRequest): Promise<FeatureDrift[]> {
  const database = request.signal ? dataset.database.withSignal(request.signal) : dataset.database;
  const chosen = chosenFeatures(dataset, request.features);
  const scope = { days: eitherWindow(request.reference, request.current), rows: request.whereSql ?? 'TRUE' };
  const sources = await valueSources(dataset, request.rows);
  const numeric = chosen.filter(({ kind }) => kind === 'numeric');
  const binned = new Set(numeric.filter(({ position }) => sources.of(position, scope).binned));
  const shares = await presence(
    database,
    numeric.filter((feature) => !binned.has(feature)),
    request,
  );
  const bins = await readAllStoredBins(
    database,
    [...binned].map(({ position }) => ({ position, sql: `f${position}` })),
    {
      days: scope.days,
      group: `CASE WHEN ${inRange(request.current)} THEN ${NOW} ELSE ${BEFORE} END`,
      ...(scope.rows === 'TRUE' ? {} : { rows: scope.rows }),
    },
  );
  const measured = await Promise.all(
    chosen.map((feature) =>
      feature.kind === 'numeric'
        ? binned.has(feature)
          ? binnedFeature(feature, shares, bins.get(feature.position))
          : numericDrift(database, sources, feature, shares, request)
        : categoricalDrift(dataset, database, feature, request),
    ),
  );
  if (request.features) return measured;
  return [...measured, ...dataset.features.slice(chosen.length).map((feature) => notMeasured(dataset, feature))];
}

/** Rows and non-null values of each side. */
interface Presence {
  reference: number;
  current: number;
  values: Map<number, { reference: number; current: number }>;
}

async function presence(
  database: Database,
  features: readonly Feature[],
  { reference, current, whereSql = 'TRUE' }: FeatureDriftRequest,
): Promise<Presence> {
  const found: Presence = { reference: 0, current: 0, values: new Map() };
  for (let start = 0; start === 0 || start < features.length; start += COUNTED_TOGETHER) {
    const part = features.slice(start, start + COUNTED_TOGETHER);
    const counts = part.map(({ position }) => `, count(f${position}) AS n${position}`).join('');
    const lines = await Promise.all(
      [reference, current].map((range) =>
        database.rows<Record<string, number>>(
          `SELECT count(*) AS n${counts} FROM row WHERE ${inRange(range)} AND (${whereSql})`,
        ),
      ),
    );
    const [before, after] = lines.map((line) => line[0] as Record<string, number>) as [
      Record<string, number>,
      Record<string, number>,
    ];
    found.reference = before.n as number;
    found.current = after.n as number;
    for (const { position } of part) {
      found.values.set(position, {
        reference: before[`n${position}`] as number,
        current: after[`n${position}`] as number,
      });
    }
  }
  return found;
}

async function numericDrift(
  database: Database,
  sources: ValueSources,
  feature: Feature,
  shares: Presence,
  { reference, current, whereSql = 'TRUE' }: FeatureDriftRequest,
): Promise<FeatureDrift> {
  const values = shares.values.get(feature.position) as { reference: number; current: number };
  const drift: FeatureDrift = { ...unmeasuredDrift(feature), method: NUMERIC };
  if (shares.reference === 0 || shares.current === 0) {
    return { ...drift, reason: `no rows in the ${shares.reference === 0 ? 'reference' : 'current'} window` };
  }
  drift.nullShareChange = 1 - values.current / shares.current - (1 - values.reference / shares.reference);
  const source = sources.of(feature.position, {
    days: eitherWindow(reference, current),
    rows: whereSql,
  });
  const exact = await exactDistance(database, source, reference, current, values);
  if (!exact) {
    return { ...drift, reason: `no values in the ${values.reference === 0 ? 'reference' : 'current'} window` };
  }
  const onBins = binDistances(exact.referenceBins, exact.currentBins);
  return {
    ...drift,
    ...onBins,
    wasserstein: exact.wasserstein,
    ks: exact.ks,
    normalised: exact.deviation > 0 ? exact.wasserstein / exact.deviation : null,
    ...(exact.deviation > 0 ? {} : { reason: 'constant in the reference window: no normalised distance' }),
  };
}

/** Very many rows: everything from stored bins, pooled by window. */
function binnedFeature(feature: Feature, shares: Presence, bins: ValueBins | undefined): FeatureDrift {
  const drift: FeatureDrift = { ...unmeasuredDrift(feature), method: 'binned@1' };
  if (shares.reference === 0 || shares.current === 0) {
    return { ...drift, reason: `no rows in the ${shares.reference === 0 ? 'reference' : 'current'} window` };
  }
  if (!bins) return { ...drift, reason: 'no values' };
  const values = (group: number): number => bins.groups.get(group)?.n.reduce((a, b) => a + b, 0) ?? 0;
  drift.nullShareChange = 1 - values(NOW) / shares.current - (1 - values(BEFORE) / shares.reference);
  return { ...drift, ...numericDistances(bins, [BEFORE], [NOW]) };
}
