import {
  changeRulerChart,
  changeRulerHeight,
  changeRulerTable,
  changeRulerText,
} from '../../../shared/charts/change-ruler.ts';
import type { Estimate } from '../../../shared/model/estimate.ts';
import { segmentText } from '../../../shared/segment-text.ts';
import { count, metricName, type Unit, unitOf } from '../../../shared/units.ts';
import { figure } from '../figure.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Content, type Html, html, joined } from '../markup/html.ts';
import { list, table } from '../markup/table.ts';
import { changeCell, intervalCell, unknown, valueCell } from '../numbers.ts';
import { ownLines, type Report, segmentMetric, segmentUnit } from '../report.ts';
import { verdictMark } from '../verdict.ts';

/** A number above its interval. */
export const estimateCell = (estimate: Estimate, unit: Unit, kind: 'value' | 'change'): Content =>
  estimate.value === null
    ? valueCell(estimate, unit)
    : html`${kind === 'value' ? valueCell(estimate, unit) : changeCell(estimate, unit)}<small>${intervalCell(estimate, unit, kind)}</small>`;

export const metricsTable = ({ comparison, metric: primary }: Report): Html => {
  if (Object.keys(comparison.metrics).length === 0)
    return html`<p id="metrics">${unknown('no metric was computed')}</p>`;
  return table(
    `Every metric in both windows, each with its interval; the first row decides`,
    [
      { title: 'metric' },
      { title: 'reference', number: true },
      { title: 'current', number: true },
      { title: 'change', number: true },
      { title: 'n before', number: true },
      { title: 'n now', number: true },
      { title: 'verdict' },
    ],
    Object.entries(comparison.metrics)
      .sort(([a], [b]) => Number(b === primary) - Number(a === primary))
      .map(([metric, { reference, current, change, verdict, higherIsBetter }]) => {
        const unit = unitOf(metric);
        const best =
          higherIsBetter === null
            ? 'nearest to its target is best'
            : higherIsBetter
              ? 'higher is better'
              : 'lower is better';
        return {
          id: anchor('metric', metric),
          cells: [
            html`${metricName(metric)}<small>${best}</small>`,
            estimateCell(reference, unit, 'value'),
            estimateCell(current, unit, 'value'),
            estimateCell(change, unit, 'change'),
            count(reference.n),
            count(current.n),
            verdictMark(verdict),
          ],
        };
      }),
    'metrics',
  );
};

const ruled = 10;

/** The changes that decide, on one scale with the tolerance. */
export const changesFigure = (report: Report): Html => {
  const { comparison, metric, unit } = report;
  const primary = comparison.metrics[metric];
  const own = [...ownLines(report, 'regression'), ...ownLines(report, 'improvement')]
    .filter((line) => segmentUnit(report, line) === unit && segmentMetric(report, line) === metric)
    .slice(0, ruled);
  const data = {
    rows: [
      ...(primary ? [{ name: 'all rows', change: primary.change, verdict: primary.verdict }] : []),
      ...own.map((line) => ({ name: segmentText(line.segment), change: line.change, verdict: line.verdict })),
    ],
    delta: comparison.settings.delta,
    unit,
  };
  return figure({
    id: 'fig-changes',
    title: `Change of ${metricName(metric)} with its interval, against the tolerance`,
    label: changeRulerText(data),
    chart: (palette) => changeRulerChart(data, palette),
    numbers: changeRulerTable(data),
    height: changeRulerHeight(data),
  });
};

/** Where the value a JSON pointer names stands in this report. */
const placeOf = ({ comparison }: Report, pointer: string): string => {
  const [, part = '', key = '', index = ''] = pointer.split('/');
  if (part === 'segments' && Number(key) < comparison.segments.length) return anchor('segment', key);
  if (part === 'metrics' && comparison.metrics[key]) return anchor('metric', key);
  if (part === 'predictionDrift') return 'prediction-drift';
  if (part === 'explanation' && key === 'faults' && comparison.explanation.faults[Number(index)])
    return anchor('fault', index);
  return 'artifact-comparison';
};

export const alarmsList = (report: Report): Html => {
  const { alarms } = report.comparison;
  if (alarms.length === 0) return html`<p>The comparison raised no alarm.</p>`;
  return list(
    alarms.map(({ kind, text, evidence }) => {
      const places = evidence.map((pointer) => seen(placeOf(report, pointer), `comparison ${pointer}`));
      return html`<strong>${kind}</strong>: ${text} (${places.length > 0 ? joined(places, ', ') : 'no pointer was recorded'})`;
    }),
  );
};
