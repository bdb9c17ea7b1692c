import { unknownEstimate } from '../../../shared/model/estimate.ts';
import {
  type Average,
  accuracy,
  balancedAccuracy,
  f1,
  type Margins,
  mcc,
  precision,
  recall,
} from '../../statistics/classification.ts';
import { designEffect } from '../../statistics/interval-from-days.ts';
import type { Measured } from '../../statistics/measured.ts';
import { wilson } from '../../statistics/proportion.ts';
import { fromDays, type MetricDefinition } from './definition.ts';
import { effectiveRows, marginsOf } from './statistics.ts';

const both = ['binary', 'multiclass'] as const;

function ofMargins(
  name: string,
  measure: (margins: Margins) => Measured,
  tasks: MetricDefinition['tasks'] = both,
): MetricDefinition {
  return {
    name,
    tasks,
    better: 'higher',
    bounded: true,
    range: name === 'mcc' ? [-1, 1] : [0, 1],
    estimate: (statistics, context) =>
      fromDays(name, statistics, context, statistics.margins, 'no labelled rows', (sum) =>
        measure(marginsOf(sum, statistics.classes)),
      ),
  };
}

const averages = (name: string, measure: (margins: Margins, average: Average) => Measured): MetricDefinition[] => [
  ofMargins(name, (margins) => measure(margins, { positive: 1 }), ['binary']),
  ...(['macro', 'micro', 'weighted'] as const).map((average) =>
    ofMargins(`${name}_${average}`, (margins) => measure(margins, average)),
  ),
];

export const classificationMetrics: MetricDefinition[] = [
  {
    name: 'accuracy',
    tasks: both,
    better: 'higher',
    bounded: true,
    range: [0, 1],
    estimate(statistics, { level, sharedDesignEffect = 1 }) {
      const right = statistics.right.reduce((sum, day) => sum + day.k, 0);
      if (!(statistics.weight > 0)) return unknownEstimate('no labelled rows', 'accuracy/wilson@1', 0, level);
      const { value } = accuracy({
        total: statistics.weight,
        hits: Float64Array.of(right),
        actual: new Float64Array(1),
        predicted: new Float64Array(1),
      });
      const share = value ?? 0;
      // Rows of one day stand or fall together: fewer rows' worth of information than rows.
      const effect = designEffect(statistics.right, level).value ?? sharedDesignEffect;
      const rows = effectiveRows(statistics.weight, statistics.weightSquared) / effect;
      return {
        ...wilson(share * rows, rows, level),
        value,
        n: statistics.rows,
        method: 'accuracy/wilson-design-effect@1',
        ...(value === null ? {} : { designEffect: effect }),
      };
    },
  },
  ofMargins('balanced_accuracy', balancedAccuracy),
  ...averages('precision', precision),
  ...averages('recall', recall),
  ...averages('f1', f1),
  ofMargins('mcc', mcc),
];
