import type { Estimate } from '../../shared/model/estimate.ts';
import type { RunMetrics, ThroughputRun } from '../../shared/model/throughput-run.ts';
import type { Workload } from '../../shared/model/workload.ts';
import { count, counted, decimal, percent } from '../../shared/units.ts';
import { textTable, visible } from './text-table.ts';

export const workloadsText = (workloads: readonly Workload[]): string => {
  if (workloads.length === 0) {
    return 'no built-in workload here; a command of your own: driftbench throughput run -- python3 bench.py\n';
  }
  const rows = workloads.map(({ id, runner, precisions, hash, text, unavailable }) => [
    visible(id),
    runner,
    precisions.join(' '),
    hash.slice(0, 12),
    visible(unavailable === undefined ? text : `not here: ${unavailable}`),
  ]);
  return `${textTable(rows).join('\n')}\n`;
};

const rows: { metric: keyof RunMetrics; name: string; unit(item: string): string }[] = [
  { metric: 'throughput', name: 'throughput', unit: (item) => `${item}s/s` },
  { metric: 'latencyP50Ms', name: 'latency p50', unit: () => 'ms' },
  { metric: 'latencyP95Ms', name: 'latency p95', unit: () => 'ms' },
  { metric: 'latencyP99Ms', name: 'latency p99', unit: () => 'ms' },
  { metric: 'energyPerItemJ', name: 'energy', unit: (item) => `J/${item}` },
];

/** A value with its interval and what it rests on, or why there is none. */
const valueText = ({ value, low, high, reason }: Estimate, unit: string): string => {
  if (value === null) return `unknown: ${visible(reason ?? 'no reason given')}`;
  const span = low === null || high === null ? '' : `  [${decimal(low)}, ${decimal(high)}]`;
  return `${decimal(value)} ${unit}${span}`;
};

const metricLines = ({ metrics, withExclusions, exclusions = [], item = 'item' }: ThroughputRun): string[] => {
  const both = withExclusions !== undefined && exclusions.length > 0;
  return textTable(
    rows.map(({ metric, name, unit }) => {
      const estimate = metrics[metric];
      const every = both && metric !== 'energyPerItemJ' ? withExclusions[metric] : null;
      return [
        name,
        valueText(estimate, visible(unit(item))),
        estimate.n > 0 ? `n = ${count(estimate.n)}` : '',
        every && every.value !== null ? `with everything left in: ${decimal(every.value)}` : '',
      ];
    }),
    '    ',
  );
};

const stateText = ({ reached, kind, reason, rule }: ThroughputRun['steadyState']): string => {
  if (reached === null) return `not judged: ${reason ?? rule}`;
  return reached ? `reached (${kind ?? 'flat'})` : `not reached: ${reason ?? kind ?? 'unknown'}`;
};

const throttlingText = ({ share, reasons }: ThroughputRun['throttling']): string => {
  if (share === null) return `not known: ${reasons.join('; ')}`;
  return reasons.length === 0 ? percent(share) : `${percent(share)}: ${reasons.join('; ')}`;
};

const facts = (run: ThroughputRun): string[][] => {
  const { executor, fingerprint, precision, batch, warmup, exclusions = [] } = run;
  const lines = [
    ['workload', `${run.workload.id}, hash ${run.workload.hash.slice(0, 12)}`],
    ['executor', `${executor.name ?? `unknown: ${executor.reason}`} (${executor.kind})`],
    ['fingerprint', fingerprint.hash.slice(0, 12)],
    ['precision, batch', `${precision ?? 'unknown'}, ${batch === null ? 'unknown' : count(batch)}`],
    ['samples', `${count(run.samples.length)}, ${counted(run.readings.length, 'reading')} of telemetry`],
    ['warm-up', `${counted(warmup.samplesExcluded, 'sample')} left out: ${warmup.reason}`],
    ['steady state', stateText(run.steadyState)],
    ['throttling', throttlingText(run.throttling)],
  ];
  for (const { rule, samples, reason } of exclusions) {
    lines.push(['left out', `${counted(samples, 'sample')}, ${rule}: ${reason}`]);
  }
  if (run.outputDigest !== null) lines.push(['output', run.outputDigest]);
  return lines;
};

/** One run, for a person at a terminal. */
const runText = (run: ThroughputRun): string[] => {
  const { session, label, valid, invalidReasons, notes = [] } = run;
  const place = session && session.of > 1 ? `, ${session.position} of ${session.of} (${session.order})` : '';
  const title = `${run.id}  ${valid ? 'VALID' : 'INVALID'}${label === undefined ? '' : `  ${visible(label)}`}${place}`;
  return [
    title,
    ...invalidReasons.map((reason) => `    invalid: ${visible(reason)}`),
    ...metricLines(run),
    ...textTable(
      facts(run).map(([name = '', text = '']) => [name, visible(text)]),
      '    ',
    ),
    ...notes.map((note) => `    note: ${visible(note)}`),
  ];
};

/** Beyond this many runs a table says more than a page each. */
const mostPages = 12;

const runLine = ({ id, workload, valid, metrics, item = 'item', label }: ThroughputRun): string[] => [
  id,
  visible(workload.id),
  valid ? 'valid' : 'INVALID',
  valueText(metrics.throughput, visible(`${item}s/s`)),
  visible(label ?? ''),
];

export const runsText = ({ runs, remarks }: { runs: readonly ThroughputRun[]; remarks: readonly string[] }): string => {
  const pages =
    runs.length > mostPages
      ? textTable(runs.map(runLine))
      : runs.flatMap((run, index) => [...(index > 0 ? [''] : []), ...runText(run)]);
  return `${[...pages, ...remarks.map((remark) => `note: ${visible(remark)}`)].join('\n')}\n`;
};

/** What stands on stderr where runs are invalid: they are kept, and a script that reads JSON sees `valid`. */
export const invalidText = (runs: readonly ThroughputRun[]): string | null => {
  const invalid = runs.filter(({ valid }) => !valid);
  const [first] = invalid;
  if (!first) return null;
  return `invalid, ${invalid.length} of ${counted(runs.length, 'run')}, kept with what they had: ${visible(first.invalidReasons[0] ?? first.id)}`;
};
