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
import { type Content, type Html, html } from '../markup/html.ts';
import { list, table } from '../markup/table.ts';
import { changeCell, intervalCell, valueCell } from '../numbers.ts';
import { ownLines, type Report, segmentMetric, segmentUnit } from '../report.ts';
import { verdictMark } from '../verdict.ts';

/** A number above its interval. */
export const estimateCell = (estimate: Estimate, unit: Unit, kind: 'value' | 'change'): Content =>
  estimate.value === null
    ? valueCell(estimate, unit)
    : html`${kind === 'value' ? valueCell(estimate, unit) : changeCell(estimate, unit)}<small>${intervalCell(estimate, unit, kind)}</small>`;

export const metricsTable = ({ comparison, metric: primary }: Report): Html =>
  table(
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

export const alarmsList = ({ comparison }: Report): Html =>
  comparison.alarms.length > 0
    ? list(
        comparison.alarms.map(
          ({ kind, text, evidence }) =>
            html`<strong>${kind}</strong>: ${text} (${evidence.length > 0 ? seen('artifacts', `comparison ${evidence.join(', ')}`) : 'no pointer'})`,
        ),
      )
    : html`<p>The comparison raised no alarm.</p>`;
