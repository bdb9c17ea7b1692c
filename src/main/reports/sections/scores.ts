import { reliabilityChart, reliabilityTable } from '../../../shared/charts/reliability.ts';
import {
  driftCaption,
  scoreDistributionChart,
  scoreDistributionTable,
} from '../../../shared/charts/score-distribution.ts';
import { count, counted, decimal, percent } from '../../../shared/units.ts';
import { figure } from '../figure.ts';
import { type Content, type Html, html } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import { unknown } from '../numbers.ts';
import type { Report } from '../report.ts';

const reliability = ({ comparison }: Report): Html => {
  const { reliability: curve, settings } = comparison;
  const title = html`<h3 id="reliability">Reliability: do scores keep their promise</h3>
`;
  if (!curve.bins || curve.bins.length === 0)
    return html`${title}<p>${unknown(curve.reason ?? 'no labelled rows with a score')}</p>`;
  const data = { reliability: curve, minCell: settings.minCell };
  return html`${title}${figure({
    id: 'fig-reliability',
    title: 'Promised score against what was observed, both windows; on the diagonal the promise is kept',
    label: `Promised score against observed share in ${counted(curve.bins.length, 'bin')}`,
    chart: (palette) => reliabilityChart(data, palette),
    numbers: reliabilityTable(data),
    height: 330,
    width: 640,
    notes: [
      `Score: ${curve.of ?? 'unknown, because the comparison does not say'}. ${curve.method}; bins with fewer than ${count(settings.minCell)} labelled rows are drawn faint and never joined.`,
    ],
  })}`;
};

const distribution = ({ comparison }: Report): Html => {
  const { scoreDistribution, predictionDrift } = comparison;
  const title = html`<h3 id="scores">Where the predictions lie</h3>
`;
  if (!scoreDistribution.bins || scoreDistribution.bins.length === 0)
    return html`${title}<p>${unknown(scoreDistribution.reason ?? 'no predictions with a score')}</p>`;
  const data = { distribution: scoreDistribution, drift: predictionDrift };
  return html`${title}${figure({
    id: 'fig-scores',
    title: `${scoreDistribution.of === 'predicted value' ? 'Predicted values' : 'Scores'} of every prediction, labelled or not: reference filled, current outlined`,
    label: `Both windows: ${driftCaption(data)}`,
    chart: (palette) => scoreDistributionChart(data, palette),
    numbers: scoreDistributionTable(data),
    height: 240,
    notes: [`${scoreDistribution.method}.`],
  })}`;
};

const share = (part: { predictions: number; share: number | null }): Content =>
  part.share === null ? unknown('no predictions in this bin') : percent(part.share);

/** Whether the missing labels are missing evenly. */
const labelled = ({ comparison }: Report): Html => {
  const { labelsByScore } = comparison;
  const title = html`<h3 id="labels-by-score">Labelled share by score</h3>
`;
  if (!labelsByScore.bins || labelsByScore.bins.length === 0)
    return html`${title}<p>${unknown(labelsByScore.reason ?? 'no predictions with a score')}</p>`;
  return html`${title}${table(
    `Missing labels are not missing at random: the share labelled by ${labelsByScore.of ?? 'score'}. ${labelsByScore.method}`,
    [
      { title: 'from', number: true },
      { title: 'to', number: true },
      { title: 'predictions before', number: true },
      { title: 'labelled before', number: true },
      { title: 'predictions now', number: true },
      { title: 'labelled now', number: true },
    ],
    labelsByScore.bins.map(({ from, to, reference, current }) => ({
      cells: [
        decimal(from),
        decimal(to),
        count(reference.predictions),
        share(reference),
        count(current.predictions),
        share(current),
      ],
    })),
  )}`;
};

export const scores = (report: Report): Html => html`${reliability(report)}${distribution(report)}${labelled(report)}`;
