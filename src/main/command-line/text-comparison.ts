import type { AccuracyComparison, PartitionSplit, Segment } from '../../shared/model/comparison.ts';
import type { WindowSummary } from '../../shared/model/window.ts';
import {
  count,
  dayRange,
  days,
  decimal,
  estimateChange,
  estimateValue,
  interval,
  metricName,
  percent,
  pValue,
  unitOf,
} from '../../shared/units.ts';
import { textTable, visible } from './text-table.ts';

const segmentsShown = 10;

const segmentName = (segment: Segment): string => {
  const parts = Object.entries(segment).map(([column, value]) => `${column} = ${value ?? 'missing'}`);
  return visible(parts.join(', ')) || 'everything';
};

const windowRow = (name: string, window: WindowSummary): string[] => [
  name,
  dayRange(window.from, window.to),
  `${count(window.predictions)} predictions`,
  `${count(window.labelled)} labelled`,
  window.maturity === null ? 'maturity not measurable' : `${percent(window.maturity)} mature`,
  window.provisional ? 'provisional' : '',
];

const metricRows = ({ metrics }: AccuracyComparison): string[][] => [
  ['metric', 'reference', 'current', 'change', '95 % interval', 'verdict'],
  ...Object.entries(metrics).map(([name, { reference, current, change, verdict }]) => {
    const unit = unitOf(name);
    return [
      metricName(name),
      estimateValue(reference, unit),
      estimateValue(current, unit),
      estimateChange(change, unit),
      interval(change, unit, 'change'),
      verdict,
    ];
  }),
];

const segmentRows = (comparison: AccuracyComparison): string[][] => {
  const unit = unitOf(comparison.settings.metric);
  return comparison.segments
    .slice(0, segmentsShown)
    .map(({ segment, reference, current, change, pAdjusted, verdict, explainedBy }) => [
      segmentName(segment),
      estimateValue(reference, unit),
      estimateValue(current, unit),
      estimateChange(change, unit),
      pValue(pAdjusted),
      explainedBy ? `${verdict}, explained by ${segmentName(explainedBy)}` : verdict,
    ]);
};

const splitRow = (name: string, split: PartitionSplit, metric: string): string[] => {
  const unit = unitOf(metric);
  return [
    name,
    `mix ${estimateChange(split.mix, unit)}`,
    `relation ${estimateChange(split.relation, unit)}`,
    `unseen ${estimateChange(split.unseen, unit)}`,
    split.admissible ? '' : `set aside: ${split.reason ?? 'not admissible'}`,
  ];
};

const explanationLines = ({ explanation, settings }: AccuracyComparison): string[] => {
  const { word, scope, partitions, labelFirst, faults, reason } = explanation;
  const rows = partitions.map((split) => splitRow(`by ${visible(split.columns.join(' x '))}`, split, settings.metric));
  if (labelFirst) rows.push(splitRow('by label first', labelFirst, settings.metric));
  return [
    `Kind of change: ${word} (${segmentName(scope)})`,
    `  ${visible(reason)}`,
    ...textTable(rows),
    ...faults.map(
      ({ feature, kind, segment, reference, current }) =>
        `  ${visible(feature)}: ${kind} in ${segmentName(segment)}, ${decimal(reference)} before, ${decimal(current)} now`,
    ),
  ];
};

const driftLine = ({ predictionDrift: drift }: AccuracyComparison): string => {
  if (drift.distance === null) return `Prediction drift: unknown, ${drift.reason ?? 'not measurable'}`;
  const verdict = drift.exceeds === null ? 'no threshold' : drift.exceeds ? 'above threshold' : 'below threshold';
  return `Prediction drift: ${decimal(drift.distance)} (${verdict} ${decimal(drift.threshold)}, ${drift.blocks} day blocks)`;
};

const latencyLine = ({ labelLatency: latency }: AccuracyComparison): string =>
  latency.medianDays === null
    ? `Label latency: unknown, ${latency.reason ?? 'not measurable'}`
    : `Label latency: median ${days(latency.medianDays)}, p95 ${days(latency.p95Days)}, never ${percent(latency.neverShare)}`;

const section = (title: string, lines: string[]): string[] => (lines.length > 0 ? ['', title, ...lines] : []);

/** The numbers of the JSON document as a person reads them on a terminal. */
export const comparisonText = (comparison: AccuracyComparison): string => {
  const { dataset, windows, segmentSearch: search, onset, versionChanges, ledger, ruledOut, alarms } = comparison;
  const lines = [
    `${comparison.verdict.toUpperCase()}  ${visible(dataset.name)}`,
    visible(comparison.summary),
    ...(comparison.missing ? [`Missing: ${visible(comparison.missing)}`] : []),
    '',
    ...textTable([windowRow('reference', windows.reference), windowRow('current', windows.current)]),
    `  labels as of ${comparison.asOf}, tolerance ${decimal(comparison.settings.delta)} on ${comparison.settings.metric}, seed ${comparison.seed}`,
    '',
    ...textTable(metricRows(comparison)),
    ...section(
      `Segments, worst first (${count(search.examined)} examined, ${count(search.tested)} tested, ${count(search.notEnoughData)} with not enough data)`,
      textTable(segmentRows(comparison)),
    ),
    '',
    ...explanationLines(comparison),
    '',
    driftLine(comparison),
    latencyLine(comparison),
    onset
      ? `Since: ${onset.date} (${dayRange(onset.low, onset.high)}), ${metricName(onset.metric)} of ${segmentName(onset.segment)}`
      : 'Since: no change point',
    ...versionChanges.map(({ column, from, to, at }) => `Version: ${visible(`${column} ${from} -> ${to}`)} at ${at}`),
    ...section(
      'Ruled out',
      ruledOut.map(({ cause, text }) => `  ${visible(cause)}: ${visible(text)}`),
    ),
    ...section(
      'Noted while reading',
      ledger.notes.map(({ text }) => `  ${visible(text)}`),
    ),
    ...section(
      'Alarms',
      alarms.map(({ kind, text }) => `  ${kind}: ${visible(text)}`),
    ),
  ];
  return `${lines.join('\n')}\n`;
};
