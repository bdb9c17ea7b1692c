import type { CheckedItem } from '../../shared/model/checklist.ts';
import type { Estimate } from '../../shared/model/estimate.ts';
import {
  type ComparedMetric,
  namedFrom,
  type RankedCause,
  type ThroughputComparison,
  type WorkloadComparison,
} from '../../shared/model/throughput-comparison.ts';
import type { FingerprintValue } from '../../shared/model/throughput-run.ts';
import { count, counted, decimal, percent } from '../../shared/units.ts';
import { textTable, visible } from './text-table.ts';

/** Lines of a list on a terminal; the rest is counted, and stands in the JSON. */
const shown = 15;

const units: Record<string, [string, string]> = {
  throughput: ['throughput', '/s'],
  latencyP50Ms: ['latency p50', ' ms'],
  latencyP95Ms: ['latency p95', ' ms'],
  latencyP99Ms: ['latency p99', ' ms'],
  energyPerItemJ: ['energy per item', ' J'],
};

const change = (ratio: number): string => `${ratio > 1 ? '+' : ''}${percent(ratio - 1)}`;

const value = ({ value: number }: Estimate, unit: string): string =>
  number === null ? 'unknown' : `${decimal(number)}${unit}`;

const intervalOf = ({ low, high, reason }: Estimate): string =>
  low === null || high === null
    ? `no interval${reason ? `: ${visible(reason)}` : ''}`
    : `${change(low)} to ${change(high)}`;

const changeOf = ({ value: ratio }: Estimate): string => (ratio === null ? 'unknown' : change(ratio));

const metricRow = (name: string, metric: ComparedMetric): string[] => {
  const [title, unit] = units[name] ?? [name, ''];
  const { baseline, candidate, ratio, verdict, withExclusions } = metric;
  const row = [title, value(baseline, unit), value(candidate, unit), changeOf(ratio), intervalOf(ratio), verdict];
  if (!withExclusions) return row;
  return [...row, `excluded samples left in: ${changeOf(withExclusions.ratio)}, ${withExclusions.verdict}`];
};

const metricLines = (metrics: ThroughputComparison['metrics']): string[] =>
  Object.keys(metrics).length === 0
    ? []
    : textTable([
        ['metric', 'baseline', 'candidate', 'change', '95 % interval', 'verdict'],
        ...Object.entries(metrics).map(([name, metric]) => metricRow(name, metric)),
      ]);

type Decision = Pick<
  WorkloadComparison,
  | 'noiseFloor'
  | 'smallestDetectableEffect'
  | 'smallestRegression'
  | 'runsNeeded'
  | 'cycles'
  | 'outputs'
  | 'concurrency'
  | 'missing'
>;

const reachLine = ({ smallestDetectableEffect: effect, smallestRegression: regression }: Decision): string =>
  effect === null
    ? 'Smallest detectable effect: unknown, at least two runs a side are needed'
    : `Smallest detectable effect: a slowdown is told from none from ${percent(effect)} on, and called a regression from ${percent(regression)} on (power 80 %)`;

const decisionLines = (decision: Decision): string[] => {
  const { noiseFloor, runsNeeded, cycles, outputs, concurrency, missing } = decision;
  const floor =
    noiseFloor.value === null
      ? `unknown, ${noiseFloor.reason ?? 'no sessions'}`
      : `${percent(noiseFloor.value)} over ${counted(noiseFloor.sessions, 'session')}`;
  const error =
    outputs.maxRelativeError === null ? '' : `, largest relative difference ${decimal(outputs.maxRelativeError)}`;
  const same = outputs.equal === null ? 'not known' : outputs.equal ? 'equal' : 'CHANGED';
  return [
    ...(missing ? [`Missing: ${visible(missing)}`] : []),
    ...(runsNeeded === null ? [] : [`Runs that would decide: ${count(runsNeeded)} a side`]),
    reachLine(decision),
    `Noise floor: ${visible(floor)}`,
    `Outputs: ${same}, ${visible(outputs.reason)}${error}`,
    `Clock or cycles: ${visible(cycles.text)}`,
    `In time: ${concurrency}`,
  ];
};

const workloadRows = (workloads: readonly WorkloadComparison[], metric: string): string[][] =>
  workloads.map(({ workload, precision, batch, metrics, verdict, baseline, candidate }) => {
    const ratio = metrics[metric]?.ratio;
    return [
      visible([workload.id, precision ?? '', batch === null ? '' : `batch ${batch}`].filter(Boolean).join(', ')),
      `${baseline.length} and ${candidate.length} runs`,
      ratio ? changeOf(ratio) : 'unknown',
      ratio ? intervalOf(ratio) : '',
      verdict,
    ];
  });

const causeLines = (causes: readonly RankedCause[]): string[] =>
  causes.flatMap(({ kind, text, weight, step, evidence }) => [
    `  ${decimal(weight, 2)}  ${visible(text)} (step ${step?.number ?? '?'}, ${visible(kind)})`,
    ...evidence.map((one) => `        ${visible(one.text)}`),
  ]);

/** What failed or needs a look, with what was expected; what nobody could tell, with the reason; what passed, by name. */
const checkLines = (checks: readonly CheckedItem[]): string[] => {
  const of = (status: CheckedItem['status']) => checks.filter((check) => check.status === status);
  const passed = of('PASSED');
  return [
    ...[...of('FAILED'), ...of('WARNED')].flatMap(({ item, status, observed, expected }) => [
      `  ${status.padEnd(8)}  ${visible(item)}: ${visible(observed)}`,
      `            expected: ${visible(expected)}`,
    ]),
    ...of('NOT DONE').map(
      ({ item, reason }) => `  NOT DONE  ${visible(item)}: ${visible(reason ?? 'no reason given')}`,
    ),
    ...(passed.length > 0 ? [`  PASSED    ${passed.map(({ item }) => visible(item)).join(', ')}`] : []),
  ];
};

const fieldValue = (field: FingerprintValue): string =>
  typeof field === 'object' ? `unknown (${visible(field.reason)})` : visible(String(field));

const differenceLines = (differences: ThroughputComparison['fingerprintDifference']): string[] => {
  const known = differences.filter((one) => one.known);
  const unknown = differences.filter((one) => !one.known);
  const rows = known.map(({ field, baseline, candidate, suspect, step }) => [
    suspect ? 'suspect' : '',
    visible(field),
    `${fieldValue(baseline)} -> ${fieldValue(candidate)}`,
    step ? `step ${step.number}, ${step.id}` : '',
  ]);
  return [
    ...textTable(rows),
    ...(unknown.length === 0
      ? []
      : [
          `  not known on a side: ${counted(unknown.length, 'field')} (${visible(
            unknown
              .slice(0, 8)
              .map(({ field }) => field)
              .join(', '),
          )}${unknown.length > 8 ? ', ...' : ''})`,
        ]),
  ];
};

const tableLines = ({ tables }: ThroughputComparison): string[] => {
  if (!tables) return [];
  const { common, compared, refused, slower } = tables;
  return [
    `Rows: ${count(common)} in both tables, ${count(compared)} compared, ${count(refused.length)} refused, ${count(slower.length)} slower`,
    ...textTable(
      slower
        .slice(0, shown)
        .map(({ model, imageSize, baseline, candidate, ratio }) => [
          visible(model),
          String(imageSize),
          `${decimal(baseline)}/s`,
          `${decimal(candidate)}/s`,
          change(ratio),
        ]),
    ),
    ...(slower.length > shown ? [`  and ${count(slower.length - shown)} more`] : []),
    ...(refused[0]
      ? [`  refused, the first: ${visible(refused[0].model)} at ${refused[0].imageSize}, ${visible(refused[0].reason)}`]
      : []),
  ];
};

/** Runs with the same reason stand on one line. */
const excludedLines = ({ excludedRuns }: ThroughputComparison): string[] => {
  const alike = Map.groupBy(excludedRuns, ({ side, reasons }) => `${side}: ${visible(reasons.join('; '))}`);
  return [...alike].map(([reason, runs]) => {
    const ids = runs.slice(0, 6).map(({ id }) => visible(id));
    return `  ${counted(runs.length, 'run')} of the ${reason} (${ids.join(', ')}${runs.length > 6 ? ', ...' : ''})`;
  });
};

const cut = (lines: readonly string[]): string[] =>
  lines.length > shown ? [...lines.slice(0, shown), `  and ${count(lines.length - shown)} more`] : [...lines];

const section = (title: string, lines: readonly string[]): string[] => (lines.length > 0 ? ['', title, ...lines] : []);

const headline = ({ verdict, provisional }: ThroughputComparison): string =>
  `${verdict.toUpperCase()}${provisional && ['regression', 'improvement', 'no change'].includes(verdict) ? ' (provisional: fewer than five runs on a side, or runs without spread)' : ''}`;

/** The numbers of the JSON document as a person reads them on a terminal. */
export const throughputComparisonText = (comparison: ThroughputComparison): string => {
  const { settings, workloads, causes, tables, verdict } = comparison;
  const named = causes.filter(({ weight }) => weight >= namedFrom);
  const rest = causes.filter(({ weight }) => weight < namedFrom);
  const decided = verdict !== 'not comparable' && verdict !== 'invalid';
  const lines = [
    headline(comparison),
    visible(comparison.summary),
    `  tolerance ${percent(settings.delta)} on ${settings.metric}, seed ${settings.seed}`,
    ...section('', metricLines(comparison.metrics)).slice(1),
    ...(decided && !tables ? ['', ...decisionLines(comparison)] : []),
    ...section('Tables', tableLines(comparison)),
    ...section(
      `Workloads (${count(workloads.length)})`,
      workloads.length > 1 ? textTable(workloadRows(workloads, settings.metric)) : [],
    ),
    ...section(
      'Not compared',
      decided || comparison.reasons.length > 3 ? cut(comparison.reasons.map((reason) => `  ${visible(reason)}`)) : [],
    ),
    ...section('Runs that do not count', cut(excludedLines(comparison))),
    ...section('Where to look, most likely first', causeLines(named)),
    ...section('Circumstances', causeLines(rest)),
    ...section('Checklist, its automatic steps', checkLines(comparison.checks ?? [])),
    ...section('What differs between the stacks, suspects first', differenceLines(comparison.fingerprintDifference)),
    ...section('Remarks', cut(comparison.remarks.map((remark) => `  ${visible(remark)}`))),
    '',
    'This axis says nothing about whether the answers are right.',
  ];
  return `${lines.join('\n')}\n`;
};
