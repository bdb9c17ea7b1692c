import type { PredictionDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { DriftLimits, DriftThreshold } from '../../statistics/prediction-drift.ts';
import { contains, type DayRange } from '../days.ts';
import { binnedDeviation, binnedDistance } from '../drift/binned-distance.ts';
import { type BinnedValues, pooledBins, type ValueBins } from '../drift/binned-values.ts';
import { CLASS_METHOD, classDistances } from '../drift/class-drift.ts';
import { dailyBins } from '../drift/daily-bins.ts';
import { dayHistograms, histogramsOf } from '../drift/day-histograms.ts';
import { type LimitScope, unknownDrift, valueLimits, withLimit } from '../drift/drift-limit.ts';
import { valueBins } from '../drift/value-bins.ts';
import { valueSources } from '../drift/value-source.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { inRange } from '../scope.ts';
import { EVERY_ROW_FULLY } from '../weighted-rows.ts';
import { type ChunkPlan, type PlannedChunk, rowsIn, type SeriesScope } from './chunk-plan.ts';

export interface ChunkDrift {
  chunk(chunk: PlannedChunk): PredictionDrift;
  /** What the distance of such a chunk exceeds once in a thousand times: a chunk is one of many. */
  alarmLimit(chunk: PlannedChunk): number | null;
  /** The scores of every chunk; null without scores or predicted values. */
  bins: ValueBins | null;
}

const BINS = { bins: 1000, exactCells: 8_000_000 };
/** Limits are shared by chunks whose rows differ by less than a tenth: at most 5 % too high. */
const ROW_GRID = 1.1;
const ALARM_QUANTILE = 0.999;

/** The groups of `value-bins` that make up a chunk: its days, or the chunk itself. */
export const groupsOf = (plan: ChunkPlan, chunk: PlannedChunk): number[] =>
  plan.calendar ? chunk.days.map(({ day }) => day) : [chunk.key];

/** Groups of the whole reference. */
export function referenceGroups(plan: ChunkPlan, reference: DayRange): number[] {
  const inside = (day: number): boolean => contains(reference, day);
  return plan.calendar
    ? plan.chunks.flatMap(({ days }) => days.map(({ day }) => day).filter(inside))
    : plan.chunks.filter(({ period }) => period === 'reference').map(({ key }) => key);
}

/** Distance of every chunk's predictions from the whole reference, each beside the limit at its own size. */
export async function chunkDrift(
  dataset: OpenDataset,
  database: Database,
  plan: ChunkPlan,
  settings: SeriesScope,
): Promise<ChunkDrift> {
  return dataset.hasScores || dataset.spec.task === 'regression'
    ? valueDrift(dataset, database, plan, settings)
    : classDrift(dataset, database, plan, settings);
}

async function valueDrift(
  dataset: OpenDataset,
  database: Database,
  plan: ChunkPlan,
  { reference, within, seed }: SeriesScope,
): Promise<ChunkDrift> {
  const noun = dataset.spec.task === 'regression' ? 'predicted values' : 'scores';
  const method = 'wasserstein-exact@1';
  const read = await readValues(dataset, database, plan, { reference, rows: within, seed });
  if (!read) {
    const none = unknownDrift(`no ${noun} in the reference window`, method, 0);
    return { bins: null, chunk: ({ rows: n }) => ({ ...none, n }), alarmLimit: () => null };
  }
  const { bins, limits } = read;
  const before = pooledBins(bins, referenceGroups(plan, reference));
  const deviation = binnedDeviation(before);
  const known = new Map<string, DriftThreshold>();
  const limitFor = (days: number, n: number, quantile?: number): DriftThreshold => {
    const rows = Math.max(1, Math.floor(ROW_GRID ** Math.floor(Math.log(n) / Math.log(ROW_GRID) + 1e-9)));
    const key = `${days}/${rows}/${quantile}`;
    const limit = known.get(key) ?? limits({ days, rows, quantile });
    known.set(key, limit);
    return limit;
  };
  const valuesOf = (chunk: PlannedChunk): BinnedValues => pooledBins(bins, groupsOf(plan, chunk));
  const rowsOf = (chunk: PlannedChunk): number => valuesOf(chunk).n.reduce((sum, n) => sum + n, 0);
  return {
    bins,
    chunk(chunk) {
      const distance = binnedDistance(bins, before, valuesOf(chunk));
      if (!distance) return unknownDrift(`no ${noun} in the chunk`, method, 0);
      const { wasserstein, bound, currentRows } = distance;
      return withLimit(
        {
          distance: wasserstein,
          deviation,
          n: currentRows,
          method: bound === 0 ? method : `wasserstein-${bins.ends.length}-bins@1`,
          bound,
          constant: `the reference ${noun} are constant`,
        },
        limitFor(chunk.days.length, currentRows),
      );
    },
    alarmLimit: (chunk) => limitFor(chunk.days.length, rowsOf(chunk), ALARM_QUANTILE).threshold,
  };
}

/** Values of every chunk, and of each day of the reference for the limits; null without values in the reference. */
async function readValues(
  dataset: OpenDataset,
  database: Database,
  plan: ChunkPlan,
  scope: Omit<LimitScope, 'binned'>,
): Promise<{ bins: ValueBins; limits: DriftLimits } | null> {
  const { reference, rows } = scope;
  const sources = await valueSources(dataset, rowsIn(plan));
  const group = plan.calendar ? {} : { group: plan.group };
  const all = sources.of('score', { days: 'TRUE', rows, ...group });
  if (all.binned) {
    const bins = await dailyBins(dataset, database, all.binned);
    const days = [...(bins?.groups.keys() ?? [])].filter((day) => contains(reference, day));
    if (!bins || days.length === 0) return null;
    return { bins, limits: await valueLimits(dataset, { ...scope, binned: true }, () => histogramsOf(bins, days)) };
  }
  const old = sources.of('score', { days: inRange(reference), rows });
  const [line] = await database.rows<{ n: number }>(`SELECT count(*) AS n FROM ${old.unordered}`);
  if (!line || line.n === 0) return null;
  const [bins, limits] = await Promise.all([
    valueBins(database, all, reference, BINS),
    valueLimits(dataset, { ...scope, binned: old.binned !== undefined }, (every) => dayHistograms(every, old, line.n)),
  ]);
  return bins && { bins, limits };
}

async function classDrift(
  dataset: OpenDataset,
  database: Database,
  plan: ChunkPlan,
  { reference, within, seed }: SeriesScope,
): Promise<ChunkDrift> {
  const { key, day, code, n } = (await database.columns(
    `SELECT (${plan.group})::INTEGER AS key, day, predicted AS code, count(*) AS n FROM ${EVERY_ROW_FULLY.over('row')}
     WHERE predicted IS NOT NULL AND ${within} GROUP BY ALL ORDER BY ALL`,
  )) as Record<'key' | 'day' | 'code' | 'n', Float64Array>;
  const chunks = new Map<number, Map<number, Float64Array>>();
  const old = new Map<number, Float64Array>();
  const tally = (days: Map<number, Float64Array>, i: number): void => {
    const counts = days.get(day[i] as number) ?? new Float64Array(dataset.classes.length);
    counts[code[i] as number] = (counts[code[i] as number] as number) + (n[i] as number);
    days.set(day[i] as number, counts);
  };
  for (let i = 0; i < key.length; i++) {
    const days = chunks.get(key[i] as number) ?? new Map<number, Float64Array>();
    chunks.set(key[i] as number, days);
    tally(days, i);
    if (contains(reference, day[i] as number)) tally(old, i);
  }
  const daysOf = (chunk: PlannedChunk): Float64Array[] => [...(chunks.get(chunk.key)?.values() ?? [])];
  const distanceTo = classDistances([...old.values()], seed);
  return {
    bins: null,
    alarmLimit: (chunk) => distanceTo(daysOf(chunk), ALARM_QUANTILE).threshold,
    chunk(chunk) {
      const now = daysOf(chunk);
      if (now.length === 0) return unknownDrift('no predicted classes in the chunk', CLASS_METHOD, 0);
      return distanceTo(now);
    },
  };
}
