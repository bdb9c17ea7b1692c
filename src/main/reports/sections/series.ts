import { type MetricSeriesData, metricSeriesChart, metricSeriesTable } from '../../../shared/charts/metric-series.ts';
import type { TimeMarks } from '../../../shared/charts/time-marks.ts';
import type { AccuracyComparison } from '../../../shared/model/comparison.ts';
import type { AccuracySeries } from '../../../shared/model/series.ts';
import { segmentText } from '../../../shared/segment-text.ts';
import { counted, dayRange, metricName } from '../../../shared/units.ts';
import { figure } from '../figure.ts';
import { type Html, html, nothing } from '../markup/html.ts';
import { folded, list } from '../markup/table.ts';
import type { Report } from '../report.ts';

export const marksOf = (comparison: AccuracyComparison): TimeMarks => ({
  reference: comparison.windows.reference,
  current: comparison.windows.current,
  onset: comparison.onset,
  versionChanges: comparison.versionChanges,
});

export const chunkName = (chunk: string): string =>
  ({ '1d': 'day', '1w': 'week', '1mo': 'month' })[chunk] ?? `${chunk} rows`;

/** Why values of a series are missing, each reason once with how often it holds. */
const missingNotes = (series: AccuracySeries, metric: string): string[] => {
  const reasons = new Map<string, number>();
  const add = (text: string) => reasons.set(text, (reasons.get(text) ?? 0) + 1);
  for (const { realised, estimated } of series.chunks) {
    const measured = realised[metric];
    if (measured?.value == null) add(`realised: ${measured?.reason ?? 'this metric was not computed for the chunk'}`);
    const guessed = estimated[metric];
    if (guessed?.value == null) add(`estimated: ${guessed?.reason ?? 'this metric was not estimated for the chunk'}`);
  }
  return [...reasons].map(([reason, times]) => `Unknown in ${counted(times, 'chunk')}, ${reason}.`);
};

const chart = (report: Report, series: AccuracySeries, id: string, scope: string): Html => {
  const { comparison, metric } = report;
  const data: MetricSeriesData = {
    metric,
    chunks: series.chunks,
    limits: series.limits[metric] ?? null,
    marks: marksOf(comparison),
    minCell: comparison.settings.minCell,
  };
  const limits = series.limits[metric];
  return figure({
    id,
    title: `${metricName(metric)} by ${chunkName(series.chunk)}, ${scope}`,
    label: `${metricName(metric)} over time, ${scope}: ${counted(series.chunks.length, 'point')}${comparison.onset ? `, onset ${dayRange(comparison.onset.low, comparison.onset.high)}` : ''}`,
    chart: (palette) => metricSeriesChart(data, palette),
    numbers: metricSeriesTable(data),
    height: 300,
    notes: [
      `Solid: realised, labels mature, with its interval. Dotted: provisional. Diamonds: fewer than ${comparison.settings.minCell} labelled rows, shown but not to act on. Dashed grey: estimated from scores without labels, never measured.`,
      ...(limits ? [`Limits: ${limits.method}.`] : ['No limits: the reference chunks allow none.']),
      ...missingNotes(series, metric),
    ],
  });
};

const raised = (series: AccuracySeries): Html => {
  const chunks = series.chunks.filter(({ alarms }) => alarms.length > 0);
  if (chunks.length === 0) return html`<p>No chunk raised an alarm.</p>`;
  return folded(
    `${counted(chunks.length, 'chunk')} of ${counted(series.chunks.length, 'chunk')} raised an alarm`,
    list(
      chunks.map(({ from, to, alarms }) => html`${dayRange(from, to)}: ${alarms.map(({ text }) => text).join('; ')}`),
    ),
    chunks.length <= 12,
  );
};

const notes = (series: AccuracySeries): Html =>
  series.notes && series.notes.length > 0 ? list(series.notes) : nothing;

export const overTime = (report: Report): Html =>
  html`<h3 id="series">Over time, all rows</h3>
${chart(report, report.series, 'fig-series', 'all rows')}${raised(report.series)}${notes(report.series)}`;

export const overTimeInSegment = (report: Report): Html => {
  const { documents, worst, comparison } = report;
  const scope = comparison.explanation.scope;
  const title = html`<h3 id="segment-series">Over time, within the segment that fell</h3>
`;
  if (!documents.segmentSeries)
    return html`${title}<p>${worst ? 'No series of it was attached to this investigation.' : 'No segment fell on its own, so there is no such series.'}</p>`;
  const segment = worst?.segment ?? scope;
  return html`${title}${chart(report, documents.segmentSeries, 'fig-segment-series', segmentText(segment))}${raised(documents.segmentSeries)}${notes(documents.segmentSeries)}`;
};
