import { toleranceText } from '../../../shared/accuracy-words.ts';
import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { observe, pointer, shareOf, word } from '../../../shared/observation.ts';
import { count, estimateChange, interval, metricName, percent, unitOf } from '../../../shared/units.ts';

/** Whether the change of the metric is beyond its tolerance, with its interval, and how restless the metric was before. */
export const isItReal: EvidenceProvider = {
  observations: {
    verdict: 'text',
    overall: 'text',
    change: 'number',
    changeLow: 'number',
    changeHigh: 'number',
    tolerance: 'number',
    labelledRows: 'number',
    referenceAlarmShare: 'number',
  },
  collect: ({ comparison, series }) => {
    const { settings, metrics, verdict, missing } = comparison;
    const unit = unitOf(settings.metric);
    const primary = metrics[settings.metric];
    const change = primary?.change;
    const text = (value: number): string =>
      estimateChange({ value, low: change?.low ?? null, high: change?.high ?? null }, unit);
    const apart = verdict === 'regression' && primary?.verdict !== 'regression';
    const overall = apart ? `${primary?.verdict} overall, a regression in a segment` : verdict;
    const unknown = change?.reason ?? missing ?? 'the metric could not be computed';
    const before = series.chunks.filter(({ period }) => period === 'reference');
    const restless = before.filter(({ alarms }) => alarms.some(({ kind }) => kind === 'performance'));
    return {
      observed: change
        ? `${metricName(settings.metric)} changed by ${estimateChange(change, unit)} ${interval(change, unit, 'change')}, tolerance ${toleranceText(settings.delta, unit)}: ${overall}`
        : `${metricName(settings.metric)} was not measured`,
      observations: [
        word('verdict', verdict),
        word('overall', primary?.verdict ?? null, unknown),
        observe('change', change?.value ?? null, text, unknown),
        observe('changeLow', change?.low ?? null, text, unknown),
        observe('changeHigh', change?.high ?? null, text, unknown),
        observe('tolerance', settings.delta, (delta) => toleranceText(delta, unit)),
        observe('labelledRows', change?.n ?? null, count, unknown),
        observe(
          'referenceAlarmShare',
          shareOf(restless.length, before.length),
          percent,
          'no chunk lies in the reference',
        ),
      ],
      evidence: [
        { text: 'the verdict', document: 'comparison', pointer: pointer('verdict') },
        ...(primary
          ? [
              {
                text: 'change of the metric',
                document: 'comparison' as const,
                pointer: pointer('metrics', settings.metric, 'change'),
              },
            ]
          : []),
        { text: 'the tolerance', document: 'comparison', pointer: pointer('settings', 'delta') },
        { text: 'the metric over time', document: 'series', pointer: pointer('chunks') },
      ],
    };
  },
};
