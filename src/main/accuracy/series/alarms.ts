import type { Alarm } from '../../../shared/model/comparison.ts';
import type { Chunk } from '../../../shared/model/series.ts';
import { decimal, estimateValue, metricName, percent, unitOf } from '../../../shared/units.ts';
import type { MetricDefinition } from '../metrics/definition.ts';
import { type Limits, standing } from './limits.ts';

/**
 * What is wrong with one chunk of the analysis period: the primary metric beyond its limits once labels are mature, and prediction
 * drift as a symptom unless mature labels show the primary metric inside its limits. Features never alarm.
 * @param driftLimit the distance that chance exceeds once in a thousand chunks; asked for only when it matters.
 */
export function alarmsOf(
  chunk: Omit<Chunk, 'alarms'>,
  index: number,
  metric: MetricDefinition,
  limits: Limits,
  driftLimit: () => number | null,
): Alarm[] {
  if (chunk.period === 'reference') return [];
  const { name } = metric;
  const realised = chunk.realised[name];
  const stands = chunk.provisional ? 'unknown' : standing(metric, realised, limits);
  const alarms: Alarm[] = [];
  const when = chunk.from === chunk.to ? chunk.from : `${chunk.from}..${chunk.to}`;
  if (stands === 'beyond' && realised) {
    const unit = unitOf(name);
    const print = (limit: number | null) => (unit === 'share' ? percent(limit) : decimal(limit));
    const side =
      (realised.value ?? 0) < (limits.low ?? 0) ? `below ${print(limits.low)}` : `above ${print(limits.high)}`;
    const certainty = realised.low === null ? ', without an interval' : '';
    alarms.push({
      kind: 'performance',
      metric: name,
      text: `${metricName(name)} of ${when} is ${estimateValue(realised, unit)}, ${side}${certainty}`,
      evidence: [`/chunks/${index}/realised/${name}`, `/limits/${name}`],
    });
  }
  const { distance, exceeds } = chunk.predictionDrift;
  if (exceeds && stands !== 'inside') {
    const limit = driftLimit();
    if (distance !== null && limit !== null && distance > limit) {
      alarms.push({
        kind: 'prediction-drift',
        text: `predictions of ${when} moved by ${decimal(distance)}, above the ${decimal(limit)} that chance gives once in a thousand chunks`,
        evidence: [`/chunks/${index}/predictionDrift`],
      });
    }
  }
  return alarms;
}
