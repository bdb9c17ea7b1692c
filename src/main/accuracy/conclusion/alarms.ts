import type { Alarm } from '../../../shared/model/comparison.ts';
import { decimal, estimateChange, metricName, unitOf } from '../../../shared/units.ts';
import type { ComparisonDraft } from './comparison-draft.ts';
import { regressions, segmentText } from './summary.ts';

/**
 * What is wrong, and nothing else: the primary metric, segments that fell on their own, a data fault that coincides with a fall, and
 * prediction drift only beside performance that is not shown to be unharmed. Feature drift is never here.
 */
export function alarmsOf(draft: ComparisonDraft): Alarm[] {
  const { metric } = draft.settings;
  const alarms: Alarm[] = [];
  const primary = draft.metrics[metric];
  if (primary?.verdict === 'regression') {
    alarms.push({
      kind: 'performance',
      metric,
      text: `${metricName(metric)} changed by ${estimateChange(primary.change, unitOf(metric))}, beyond the tolerance`,
      evidence: [`/metrics/${metric}`],
    });
  }
  for (const line of regressions(draft)) {
    const name = line.change.method.split('/')[0] ?? metric;
    alarms.push({
      kind: 'segment',
      metric: name,
      segment: line.segment,
      text: `${segmentText(line.segment)}: ${metricName(name)} changed by ${estimateChange(line.change, unitOf(name))}`,
      evidence: [`/segments/${draft.segments.indexOf(line)}`],
    });
  }
  if (draft.explanation.word === 'data-quality') {
    draft.explanation.faults.forEach((fault, i) => {
      const where = segmentText(fault.segment);
      alarms.push({
        kind: 'data-quality',
        feature: fault.feature,
        segment: fault.segment,
        text: `${fault.feature}: ${fault.kind}${where ? ` in ${where}` : ''}, ${decimal(fault.reference)} before, ${decimal(fault.current)} now`,
        evidence: [`/explanation/faults/${i}`],
      });
    });
  }
  const { predictionDrift } = draft;
  if (predictionDrift.exceeds && draft.verdict !== 'no change' && draft.verdict !== 'improvement') {
    alarms.push({
      kind: 'prediction-drift',
      text: `predictions moved by ${decimal(predictionDrift.distance)}, above the ${decimal(predictionDrift.threshold)} that chance gives once in a hundred`,
      evidence: ['/predictionDrift'],
    });
  }
  return alarms;
}
