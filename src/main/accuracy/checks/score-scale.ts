import type { AccuracyComparison } from '../../../shared/model/comparison.ts';
import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { flag, observe, pointer, word } from '../../../shared/observation.ts';
import { decimal, estimateChange, metricName, unitOf } from '../../../shared/units.ts';

/** The first of these metrics that both windows have a change of. */
const measured = ({ metrics }: AccuracyComparison, names: readonly string[]): string | null =>
  names.find((name) => (metrics[name]?.change.value ?? null) !== null) ?? null;

/** How far promises are from outcomes; a regression task has no scores, there the bias tells of another scale. */
const scaleMetrics = ['calibration_slope', 'ece', 'bias'];

/** Whether scores mean something else than before while their order is as good: another calibration or another threshold. */
export const scoreScale: EvidenceProvider = {
  observations: {
    predictionsMoved: 'flag',
    distance: 'number',
    rankKnown: 'flag',
    rankVerdict: 'text',
    calibrationVerdict: 'text',
  },
  collect: ({ comparison }) => {
    const { predictionDrift, metrics } = comparison;
    const rank = measured(comparison, ['roc_auc']);
    const scale = measured(comparison, scaleMetrics);
    const changeOf = (name: string): string => {
      const change = metrics[name]?.change;
      return `${metricName(name)} ${change ? estimateChange(change, unitOf(name)) : 'unknown'}`;
    };
    const moved = predictionDrift.exceeds;
    return {
      observed: [
        moved === null
          ? 'drift of the predictions not measurable'
          : `predictions ${moved ? 'moved' : 'did not move'} (${decimal(predictionDrift.distance)} against ${decimal(predictionDrift.threshold)})`,
        ...[rank, scale].flatMap((name) => (name ? [changeOf(name)] : [])),
      ].join(', '),
      observations: [
        flag('predictionsMoved', moved, predictionDrift.reason),
        observe('distance', predictionDrift.distance, decimal, predictionDrift.reason),
        flag('rankKnown', rank !== null),
        word('rankVerdict', rank && (metrics[rank]?.verdict ?? null), 'only binary tasks with scores have a rank AUC'),
        word('calibrationVerdict', scale && (metrics[scale]?.verdict ?? null), 'there are no scores to calibrate'),
      ],
      evidence: [
        { text: 'drift of the predictions', document: 'comparison', pointer: pointer('predictionDrift') },
        ...[rank, scale].flatMap((name) =>
          name ? [{ text: metricName(name), document: 'comparison' as const, pointer: pointer('metrics', name) }] : [],
        ),
      ],
    };
  },
};
