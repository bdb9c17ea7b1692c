import { driftBulletChart, driftBulletTable } from '../../../shared/charts/drift-bullet.ts';
import { driftSeriesChart, driftSeriesTable } from '../../../shared/charts/drift-series.ts';
import type { FeatureDrift } from '../../../shared/model/drift.ts';
import { count, counted, decimal, points } from '../../../shared/units.ts';
import { visibleValue } from '../../../shared/visible-text.ts';
import { figure } from '../figure.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Content, type Html, html } from '../markup/html.ts';
import { folded, list, table } from '../markup/table.ts';
import { unknown } from '../numbers.ts';
import type { Report } from '../report.ts';
import { chunkName, marksOf } from './series.ts';

const sentence = ({ comparison }: Report): Html => {
  const { distance, threshold, exceeds, reason, n, blocks, bound, method } = comparison.predictionDrift;
  if (distance === null) return html`<p>Distance ${unknown(reason)}. A symptom, never a verdict.</p>`;
  const against =
    threshold === null
      ? html`threshold ${unknown(reason)}`
      : html`${exceeds ? 'above' : 'below'} the threshold of ${seen('fig-drift', decimal(threshold))}, the 99th percentile of what the reference shows against itself at this n`;
  return html`<p>The predictions of the windows lie ${seen('fig-drift', decimal(distance))} apart, ${against}. n = ${seen('fig-drift', count(n))} current predictions, ${seen('fig-drift', counted(blocks, 'reference day'))} resampled as blocks${bound ? html`, error of the distance at most ${seen('fig-drift', decimal(bound))}` : ''}. A symptom, never a verdict. Method: ${method}.</p>`;
};

export const predictionDrift = (report: Report): Html => {
  const { comparison, series } = report;
  const drift = comparison.predictionDrift;
  const data = { chunks: series.chunks, marks: marksOf(comparison) };
  return html`<h3 id="prediction-drift">Prediction drift</h3>
${sentence(report)}${figure({
  id: 'fig-drift',
  title: 'Distance of the current predictions from the reference, with its threshold',
  label: `Distance ${decimal(drift.distance)}, threshold ${decimal(drift.threshold)}`,
  chart: (palette) => driftBulletChart(drift, palette),
  numbers: driftBulletTable(drift),
  height: 76,
  width: 640,
})}${figure({
  id: 'fig-drift-series',
  title: `The same by ${chunkName(series.chunk)}; triangles lie above the threshold`,
  label: `Prediction drift over time: ${counted(series.chunks.length, 'point')}, ${count(series.chunks.filter((chunk) => chunk.predictionDrift.exceeds).length)} above the threshold`,
  chart: (palette) => driftSeriesChart(data, palette),
  numbers: driftSeriesTable(data),
  height: 170,
})}`;
};

const cell = (value: number | null, drift: FeatureDrift, wanted: boolean): Content => {
  if (value !== null) return decimal(value);
  return wanted ? unknown(drift.reason) : `not defined for ${drift.kind}`;
};

const categories = ({ newCategories, kind, reason }: FeatureDrift): Content => {
  if (newCategories === null) return kind === 'numeric' ? 'not defined for numeric' : unknown(reason);
  return newCategories.length === 0 ? 'none' : newCategories.map(visibleValue).join(', ');
};

export const featureDrift = ({ comparison }: Report): Html => {
  const { featureDrift: features } = comparison;
  const title = html`<h3 id="feature-drift">Feature drift, stored</h3>
`;
  if (features.length === 0) return html`${title}<p>Nothing to store: the dataset has no feature columns.</p>`;
  const ordered = features
    .map((drift, index) => ({ drift, index }))
    .sort((a, b) => (b.drift.psi ?? -1) - (a.drift.psi ?? -1) || a.index - b.index);
  const methods = [...new Set(features.map(({ method }) => method))];
  return html`${title}<p>What moved among the inputs, over all rows, largest first. For debugging: inputs move all the time, and none of this is an alarm or a reason by itself.</p>
${table(
  'Distances between the windows by feature',
  [
    { title: 'feature' },
    { title: 'PSI', number: true },
    { title: 'JS', number: true },
    { title: 'W1', number: true },
    { title: 'W1 / sd', number: true },
    { title: 'KS', number: true },
    { title: 'change of missing', number: true },
    { title: 'new categories' },
  ],
  ordered.map(({ drift, index }) => ({
    id: anchor('feature', index),
    cells: [
      drift.feature,
      cell(drift.psi, drift, true),
      cell(drift.js, drift, true),
      cell(drift.wasserstein, drift, drift.kind === 'numeric'),
      cell(drift.normalised, drift, drift.kind === 'numeric'),
      cell(drift.ks, drift, drift.kind === 'numeric'),
      drift.nullShareChange === null
        ? unknown(drift.reason)
        : drift.nullShareChange === 0
          ? '0'
          : points(drift.nullShareChange, 2),
      categories(drift),
    ],
  })),
)}${
  methods.length === 1
    ? html`<p class="note">Method: ${methods[0] ?? ''}.</p>`
    : folded(
        'How each distance was computed',
        list(ordered.map(({ drift }) => html`${drift.feature}: ${drift.method}`)),
      )
}`;
};
