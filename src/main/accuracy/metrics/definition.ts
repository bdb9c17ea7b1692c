import type { Task } from '../../../shared/model/dataset.ts';
import type { Estimate } from '../../../shared/model/estimate.ts';
import { unknownEstimate } from '../../../shared/model/estimate.ts';
import { type DayDraws, dayDraws } from '../../statistics/day-resampling.ts';
import { dayBlockBootstrap } from '../../statistics/interval-from-days.ts';
import type { Measured } from '../../statistics/measured.ts';
import { criticalValue } from '../../statistics/normal.ts';
import type { Random } from '../../statistics/random.ts';
import { type GroupStatistics, sumVectors } from './statistics.ts';

export interface MetricContext {
  level: number;
  /** From `metricDraws`: metrics of one window share its resampled days. */
  draws: DayDraws;
  /** Design effect of both windows together, for one of too few days to show its own. */
  sharedDesignEffect?: number;
}

/** One metric: what it is for, which way is better, and how it is estimated from one window's sufficient statistics. */
export interface MetricDefinition {
  name: string;
  tasks: readonly Task[];
  /** `target`: nearest to `target` is best (bias, calibration slope). */
  better: 'higher' | 'lower' | 'target';
  target?: number;
  /** On 0..1 or -1..1: the tolerance is absolute; otherwise it defaults to a share of the reference value. */
  bounded: boolean;
  range?: readonly [number, number];
  estimate(statistics: GroupStatistics, context: MetricContext): Estimate;
}

const REPLICATES = 300;

export const metricDraws = (random: Random): DayDraws => dayDraws(random, REPLICATES);

/**
 * A metric of summed daily vectors: its value from all rows, its interval by resampling days.
 * Below five days the rows of the window are taken as independent where `standardError` can say what that gives, else there is no interval.
 */
export function fromDays(
  name: string,
  statistics: GroupStatistics,
  context: MetricContext,
  days: readonly Float64Array[] | null,
  missing: string,
  statistic: (sum: Float64Array) => Measured,
  options: {
    /** What the statistic needs of a day, when that is much less than the whole vector. */
    project?: (day: Float64Array, total: Float64Array) => Float64Array;
    standardError?: (sum: Float64Array) => number;
  } = {},
): Estimate {
  const { level } = context;
  const method = `${name}/day-block-bootstrap@1`;
  if (!days || days.length === 0) return unknownEstimate(missing, method, statistics.rows, level);
  const { project, standardError } = options;
  const whole = sumVectors(days, days[0]?.length ?? 0);
  const projected = project ? days.map((day) => project(day, whole)) : days;
  const total = project ? project(whole, whole) : whole;
  const { value, reason } = statistic(total);
  if (value === null) return unknownEstimate(reason, method, statistics.rows, level);
  const interval = dayBlockBootstrap({
    days: projected,
    statistic: (sum) => statistic(sum).value,
    draws: context.draws,
    level,
  });
  if (interval.low === null && standardError) {
    const half = criticalValue(level) * standardError(total);
    if (Number.isFinite(half)) {
      return {
        value,
        low: value - half,
        high: value + half,
        level,
        n: statistics.rows,
        method: `${name}/normal-iid@1`,
      };
    }
  }
  return {
    value,
    low: interval.low,
    high: interval.high,
    level,
    n: statistics.rows,
    method,
    ...(interval.reason ? { reason: interval.reason } : {}),
  };
}
