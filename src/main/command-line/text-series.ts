import type { Estimate } from '../../shared/model/estimate.ts';
import type { AccuracySeries, Chunk } from '../../shared/model/series.ts';
import { count, dayRange, decimal, estimateValue, metricName, percent, unitOf } from '../../shared/units.ts';
import { textTable, visible } from './text-table.ts';

const cell = (estimate: Estimate | undefined, metric: string): string =>
  estimate ? estimateValue(estimate, unitOf(metric)) : '';

const driftOf = ({ predictionDrift: drift }: Chunk): string =>
  `${decimal(drift.distance)}${drift.exceeds ? ' above threshold' : ''}`;

/** One line a chunk: the first metrics as realised, and as estimated where labels are missing. */
export const seriesText = (series: AccuracySeries, metric?: string): string => {
  const names = Object.keys(series.chunks[0]?.realised ?? {});
  const shown = metric && names.includes(metric) ? [metric] : names.slice(0, 3);
  const rows = [
    [
      'chunk',
      'period',
      'predictions',
      'labelled',
      'mature',
      ...shown.flatMap((name) => [metricName(name), 'estimated']),
      'drift',
    ],
    ...series.chunks.map((chunk) => [
      dayRange(chunk.from, chunk.to),
      chunk.period,
      count(chunk.n),
      count(chunk.labelled),
      chunk.maturity === null ? 'unknown' : percent(chunk.maturity, 0),
      ...shown.flatMap((name) => [cell(chunk.realised[name], name), cell(chunk.estimated[name], name)]),
      driftOf(chunk),
    ]),
  ];
  const alarms = series.chunks.flatMap(({ from, to, alarms }) =>
    alarms.map(({ kind, text }) => `  ${dayRange(from, to)} ${kind}: ${visible(text)}`),
  );
  const lines = [
    `${visible(series.dataset.name)}: ${count(series.chunks.length)} chunks, labels as of ${series.asOf}, seed ${series.seed}`,
    '',
    ...textTable(rows),
    ...(alarms.length > 0 ? ['', 'Alarms', ...alarms] : []),
  ];
  return `${lines.join('\n')}\n`;
};
