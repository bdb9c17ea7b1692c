import type { MetricComparison } from '../../shared/model/comparison.ts';
import type { Estimate } from '../../shared/model/estimate.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import { moverDifference } from '../statistics/difference.ts';
import { pooledDesignEffect } from '../statistics/interval-from-days.ts';
import type { Random } from '../statistics/random.ts';
import { decide } from '../statistics/verdict.ts';
import { metricsOf } from './metrics/catalogue.ts';
import { type MetricDefinition, metricDraws } from './metrics/definition.ts';
import type { GroupStatistics } from './metrics/statistics.ts';
import type { OpenDataset } from './open-dataset.ts';

/** A share of the reference value, for metrics in a unit of their own. */
const RELATIVE_TOLERANCE = 0.01;
const ABSOLUTE_TOLERANCE = 0.01;

/** The tolerance in the metric's unit: as asked, else 0.01, or 1 % of the reference value for metrics without a fixed range. */
export function toleranceFor(metric: MetricDefinition, reference: Estimate, asked: number | undefined): number {
  if (asked !== undefined) return asked;
  if (metric.bounded || metric.better === 'target') return ABSOLUTE_TOLERANCE;
  return Math.max(Math.abs(reference.value ?? 0) * RELATIVE_TOLERANCE, Number.EPSILON);
}

/** Every metric of the task in both windows; the tolerance asked for applies to the primary metric, the others use their default. */
export function metricTable(
  dataset: OpenDataset,
  reference: GroupStatistics,
  current: GroupStatistics,
  settings: { primary: string; delta: number | undefined; level: number; random: Random },
): Record<string, MetricComparison> {
  const table: Record<string, MetricComparison> = {};
  const shared = pooledDesignEffect([reference.right, current.right], settings.level).value;
  const context = {
    level: settings.level,
    draws: metricDraws(settings.random),
    ...(shared === null ? {} : { sharedDesignEffect: shared }),
  };
  for (const metric of metricsOf(dataset.spec.task)) {
    const before = metric.estimate(reference, context);
    const now = metric.estimate(current, context);
    const change = changeOf(metric, before, now);
    const delta = toleranceFor(metric, before, metric.name === settings.primary ? settings.delta : undefined);
    table[metric.name] = {
      reference: before,
      current: now,
      change,
      verdict: verdictOf(metric, before, now, change, delta),
      higherIsBetter: metric.better === 'target' ? null : metric.better === 'higher',
    };
  }
  return table;
}

function changeOf(metric: MetricDefinition, reference: Estimate, current: Estimate): Estimate {
  return moverDifference(current, reference, metric.name === 'accuracy' ? 'newcombe-design-effect@1' : 'mover@1');
}

function verdictOf(
  metric: MetricDefinition,
  before: Estimate,
  now: Estimate,
  change: Estimate,
  delta: number,
): Verdict {
  const { low, high } = change;
  if (metric.better !== 'target') {
    return decide({ low, high, delta, direction: metric.better === 'higher' ? 'higher-is-better' : 'lower-is-better' });
  }
  const away = Math.abs((now.value ?? 0) - (metric.target ?? 0)) > Math.abs((before.value ?? 0) - (metric.target ?? 0));
  const verdict = decide({ low, high, delta, direction: 'lower-is-better' });
  if (verdict === 'no change' || verdict === 'inconclusive') return verdict;
  return away ? 'regression' : 'improvement';
}
