import type { LabelLatency } from '../../../shared/model/comparison.ts';
import type { Database } from '../../platform/duckdb.ts';
import { type ArrivalCurve, arrivalCurve } from '../../statistics/survival.ts';
import { farTimeSql, hoursBetween } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { labelled } from '../scope.ts';

const METHOD = 'reverse-kaplan-meier-hourly@1';
const COVERAGE_AGES = [0, 1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 35, 42, 60, 90, 120, 180, 365];

/** When labels arrive, as far as the labels that had arrived at as-of can tell. */
export interface LabelArrival {
  /** Share of the labels that ever arrive which have arrived at this age; null when label times are unknown. */
  share: ((ageHours: number) => number) | null;
  neverShare: number | null;
  /** Longest latency of a label that had arrived. */
  longestHours: number;
  latency: LabelLatency;
}

/** Whole hours of age of a prediction at as-of, in SQL. */
const ageHours = (asOfUs: number): string => hoursBetween('at_us', String(asOfUs));

/** Predictions and labels of one day and one hour of age; a day spans some 25 of them. */
export type AgeCounts = Record<'day' | 'h' | 'n' | 'l', Float64Array>;

/** One scan over all predictions made by as-of. */
export async function ageCounts(
  dataset: OpenDataset,
  database: Database,
  asOfUs: number,
  where = 'TRUE',
): Promise<AgeCounts> {
  return (await database.columns(
    `SELECT day, ${ageHours(asOfUs)} AS h, count(*) AS n, count(*) FILTER (${labelled(dataset, asOfUs)}) AS l
     FROM row WHERE ${where} GROUP BY ALL ORDER BY h, day`,
  )) as AgeCounts;
}

/**
 * The rows that tell how late labels come, as SQL: a filler for a missing time, on either side, is decades from the other time. Null where
 * there are none, or nothing else.
 */
export function usualRows({ ledger }: Pick<OpenDataset, 'ledger'>): string | null {
  const some = (code: string, column: string, of: number): string[] => {
    const far = ledger.notes.find((note) => note.code === code)?.count ?? 0;
    return far > 0 && far < of ? [`coalesce(NOT ${farTimeSql(column)}, TRUE)`] : [];
  };
  const usual = [
    ...some('far-times', 'at_us', ledger.distinctPredictions),
    ...some('far-label-times', 'label_us', ledger.labelRows),
  ];
  return usual.length > 0 ? usual.join(' AND ') : null;
}

/** Labels that had arrived by whole hours of latency. */
type LatencyCounts = Record<'h' | 'n', Float64Array>;

/** One scan over the labelled rows; null when label times are unknown. */
export async function latencyCounts(
  dataset: OpenDataset,
  database: Database,
  asOfUs: number,
  where = 'TRUE',
): Promise<LatencyCounts | null> {
  if (!dataset.hasLabelTimes) return null;
  const known = `${labelled(dataset, asOfUs)} AND at_us <= ${asOfUs} AND (${where})`;
  return (await database.columns(
    `SELECT lag AS h, count(*) AS n FROM row WHERE ${known} GROUP BY 1 ORDER BY 1`,
  )) as LatencyCounts;
}

/**
 * Arrival curve from two histograms by hour (latency, age) of the labelled rows.
 * The share never labelled comes from predictions old enough that 99 % of their labels must be in.
 */
export function labelArrival(latency: LatencyCounts | null, ages: AgeCounts): LabelArrival {
  if (!latency) return unmeasurable('not measurable: the labels have no arrival time');
  const past = ages.h.findIndex((h) => h >= 0);
  const cohorts = past < 0 ? EMPTY : byHour(ages, past);
  const curve = arrivalCurve({ hours: latency.h, counts: latency.n }, { hours: cohorts.h, counts: cohorts.l });
  if (!curve) return unmeasurable('no labels have arrived');
  const neverShare = neverLabelled(curve, cohorts);
  // Half an hour is the middle of the hour that an age was rounded down to.
  const days = (p: number): number | null => {
    const hours = curve.quantile(p);
    return hours === null ? null : (hours + 0.5) / 24;
  };
  return {
    share: curve.share,
    neverShare,
    longestHours: latency.h.at(-1) ?? 0,
    latency: {
      medianDays: days(0.5),
      p90Days: days(0.9),
      p95Days: days(0.95),
      p99Days: days(0.99),
      neverShare,
      coverageByAge: COVERAGE_AGES.filter((age) => age * 24 <= curve.longest).map((age) => ({
        ageDays: age,
        share: curve.share(age * 24) * (1 - (neverShare ?? 0)),
      })),
      method: METHOD,
    },
  };
}

type Cohorts = Record<'h' | 'n' | 'l', Float64Array>;

const EMPTY: Cohorts = { h: new Float64Array(0), n: new Float64Array(0), l: new Float64Array(0) };

/** Days that share an hour of age added up; predictions of the future (ages below 0, before `past`) left out. */
function byHour(ages: AgeCounts, past: number): Cohorts {
  const hours = new Map<number, { n: number; l: number }>();
  for (let i = past; i < ages.h.length; i++) {
    const one = hours.get(ages.h[i] as number) ?? { n: 0, l: 0 };
    one.n += ages.n[i] as number;
    one.l += ages.l[i] as number;
    hours.set(ages.h[i] as number, one);
  }
  return {
    h: Float64Array.from(hours.keys()),
    n: Float64Array.from(hours.values(), ({ n }) => n),
    l: Float64Array.from(hours.values(), ({ l }) => l),
  };
}

function neverLabelled(curve: ArrivalCurve, cohorts: Cohorts): number | null {
  const ripe = curve.quantile(0.99);
  if (ripe === null) return null;
  let predictions = 0;
  let labels = 0;
  for (let i = 0; i < cohorts.h.length; i++) {
    if ((cohorts.h[i] as number) < ripe) continue;
    predictions += (cohorts.n[i] as number) * curve.share(cohorts.h[i] as number);
    labels += cohorts.l[i] as number;
  }
  return predictions > 0 ? Math.max(0, 1 - labels / predictions) : null;
}

const unmeasurable = (reason: string): LabelArrival => ({
  share: null,
  neverShare: null,
  longestHours: 0,
  latency: {
    medianDays: null,
    p90Days: null,
    p95Days: null,
    p99Days: null,
    neverShare: null,
    coverageByAge: [],
    method: METHOD,
    reason,
  },
});
