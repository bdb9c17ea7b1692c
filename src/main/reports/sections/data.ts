import { labelArrivalChart, labelArrivalTable } from '../../../shared/charts/label-arrival.ts';
import { volumeChart, volumeTable } from '../../../shared/charts/volume.ts';
import { ledgerLines } from '../../../shared/ledger-lines.ts';
import type { WindowSummary } from '../../../shared/model/window.ts';
import { count, counted, dayRange, days, instant, percent } from '../../../shared/units.ts';
import { figure } from '../figure.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Content, type Html, html } from '../markup/html.ts';
import { list, table } from '../markup/table.ts';
import { unknown } from '../numbers.ts';
import type { Report, SectionOf } from '../report.ts';
import { marksOf } from './series.ts';

const maturityCell = ({ maturity, reason }: WindowSummary): Content =>
  maturity === null ? unknown(reason ?? 'the dataset has no label times') : percent(maturity);

const standing = ({ provisional, maturity, reason }: WindowSummary): Content => {
  if (provisional) return `provisional: ${reason ?? 'labels are still arriving, compared at the same label age'}`;
  return maturity === null ? 'taken as it is: when labels arrived is not known' : 'mature';
};

const windows = ({ comparison }: Report): Html =>
  table(
    'The two windows, both ends included',
    [
      { title: 'window' },
      { title: 'days' },
      { title: 'predictions', number: true },
      { title: 'labelled', number: true },
      { title: 'labelled share', number: true },
      { title: 'maturity', number: true },
      { title: 'standing' },
    ],
    (['reference', 'current'] as const).map((name) => {
      const window = comparison.windows[name];
      return {
        id: anchor('window', name),
        cells: [
          name,
          dayRange(window.from, window.to),
          count(window.predictions),
          count(window.labelled),
          window.predictions > 0 ? percent(window.labelled / window.predictions) : unknown('no predictions'),
          maturityCell(window),
          standing(window),
        ],
      };
    }),
    'windows',
  );

const ledger = ({ comparison }: Report): Html => {
  const { notes } = comparison.ledger;
  return html`${table(
    'What was read, and what became of every row',
    [{ title: 'count of' }, { title: 'rows', number: true }, { title: 'meaning' }],
    ledgerLines(comparison.ledger, null).map((line) => ({
      id: anchor('ledger', line.key),
      cells: [line.title, count(line.count), line.text],
      quiet: line.count === 0,
    })),
    'ledger',
  )}${
    notes.length > 0
      ? html`<p>Noted while reading:</p>${list(notes.map(({ text }) => text))}`
      : html`<p>Nothing had to be tolerated while reading: no note was made.</p>`
  }`;
};

const volume = (report: Report): Html => {
  const { documents, comparison } = report;
  const bars = documents.timeline.days.map(({ day, ...entry }) => ({ ...entry, from: day, to: day }));
  const data = { bars, marks: marksOf(comparison), labelled: true };
  return figure({
    id: 'fig-volume',
    title: 'Predictions per day; the dark part has a label',
    label: `Predictions and labels over ${counted(bars.length, 'day')}`,
    chart: (palette) => volumeChart(data, palette),
    numbers: volumeTable(data),
    height: 130,
    notes:
      comparison.windows.reference.maturity === null ? ['Maturity is unknown: the dataset has no label times.'] : [],
  });
};

const latency = ({ comparison }: Report): Html => {
  const { labelLatency } = comparison;
  const reason = labelLatency.reason ?? 'too few labels, or no label times';
  const age = (value: number | null) => (value === null ? unknown(reason) : days(value));
  return html`<h3 id="latency">How late labels arrive</h3>
${table(
  `Days from prediction to label, method ${labelLatency.method}`,
  [{ title: 'quantity' }, { title: 'value', number: true }],
  [
    { cells: ['median', age(labelLatency.medianDays)] },
    { cells: ['90th percentile', age(labelLatency.p90Days)] },
    { cells: ['95th percentile', age(labelLatency.p95Days)] },
    { cells: ['99th percentile', age(labelLatency.p99Days)] },
    {
      cells: ['never labelled', labelLatency.neverShare === null ? unknown(reason) : percent(labelLatency.neverShare)],
    },
  ],
)}${figure({
  id: 'fig-latency',
  title: 'Share of predictions with a label, by age of the prediction',
  label: `Labelled share by age: median ${days(labelLatency.medianDays)}, never labelled ${percent(labelLatency.neverShare)}`,
  chart: (palette) => labelArrivalChart(labelLatency, palette),
  numbers: labelArrivalTable(labelLatency),
  height: 220,
  width: 640,
})}`;
};

const versions = ({ comparison }: Report): Html =>
  comparison.versionChanges.length > 0
    ? table(
        'Changes of a version column',
        [{ title: 'column' }, { title: 'from' }, { title: 'to' }, { title: 'first seen' }],
        comparison.versionChanges.map(({ column, from, to, at }, index) => ({
          id: anchor('version', index),
          cells: [column, from, to, instant(at)],
        })),
        'versions',
      )
    : html`<p id="versions">No version column changed, or the dataset declares none.</p>`;

export const data: SectionOf = (report) => ({
  id: 'data',
  title: 'Data',
  body: html`<p>Dataset <strong>${report.comparison.dataset.name}</strong>, SHA-256 <code>${report.comparison.dataset.sha256}</code>. Counts and statistics only: no row of it, and no key of a row, stands in this report. The dataset’s own description is ${seen('artifacts', 'not part of the documents')}; its hash covers it.</p>
<h3>Rows</h3>
${ledger(report)}<h3>Windows</h3>
${windows(report)}${volume(report)}${latency(report)}<h3>Versions</h3>
${versions(report)}`,
});
