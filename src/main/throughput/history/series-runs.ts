import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { metricNames, metricText, runValue } from '../compare/metric-name.ts';
import { groupName, groupRuns, type RunGroup } from '../compare/run-group.ts';
import { fingerprintDifference } from '../fingerprint/difference.ts';
import type { SeriesFound, SeriesInput, SeriesPoint } from './series-input.ts';

type Metric = (typeof metricNames)[number];

/** Throughput where a run of the group has it, else the first metric that is known. */
const metricOfGroup = ({ runs }: RunGroup): Metric | null =>
  metricNames.find((metric) => runs.some((run) => runValue(run, metric) !== null)) ?? null;

const unitOf = (metric: Metric, item: string | null): string => {
  if (metric === 'throughput') return `${item ?? 'item'}s/s`;
  return metric === 'energyPerItemJ' ? 'J' : 'ms';
};

/** Oldest first; an instant orders runs, and where none has one their order stands. */
const ordered = (runs: readonly ThroughputRun[]): ThroughputRun[] =>
  [...runs].sort((a, b) => Date.parse(a.startedAt ?? '') - Date.parse(b.startedAt ?? '') || 0);

const differingFields = (before: ThroughputRun, now: ThroughputRun): string[] => {
  if (before.fingerprint.hash === now.fingerprint.hash && before.executor.name === now.executor.name) return [];
  const fields = fingerprintDifference(before.fingerprint.fields, now.fingerprint.fields)
    .filter(({ known }) => known)
    .map(({ field }) => field);
  return before.executor.name === now.executor.name ? fields : ['executor', ...fields];
};

const seriesOf = (group: RunGroup, several: boolean, notes: string[]): SeriesInput[] => {
  const name = `${groupName(group)}${several ? `, ${group.workload.hash.slice(0, 8)}` : ''}`;
  const drop = (runs: readonly ThroughputRun[], why: string) => {
    if (runs.length > 0) notes.push(`${name}: runs left out, ${why}: ${runs.length} of ${group.runs.length}`);
  };
  const metric = metricOfGroup(group);
  const valid = group.runs.filter((run) => run.valid);
  drop(
    group.runs.filter((run) => !run.valid),
    'not valid',
  );
  if (metric === null) {
    notes.push(`${name}: no number in any of its runs: ${group.runs.length}`);
    return [];
  }
  drop(
    valid.filter((run) => runValue(run, metric) === null),
    `${metricText(metric)} not known`,
  );
  const known = valid.filter((run) => runValue(run, metric) !== null);
  const dated = known.filter(({ startedAt }) => startedAt !== null);
  // Where some have an instant, the place of the others is not known.
  if (dated.length > 0)
    drop(
      known.filter(({ startedAt }) => startedAt === null),
      'without an instant',
    );
  const runs = dated.length > 0 ? ordered(dated) : known;
  if (runs.length === 0) return [];
  const points = runs.map(
    (run, index): SeriesPoint => ({ index, at: run.startedAt, value: runValue(run, metric) as number, run: run.id }),
  );
  const boundaries = runs.flatMap((run, at) => {
    const before = runs[at - 1];
    const fields = before ? differingFields(before, run) : [];
    return fields.length === 0 ? [] : [{ at, fields }];
  });
  return [{ name, unit: unitOf(metric, group.item), points, boundaries }];
};

/**
 * The runs of a workspace as histories: one series a methodology (workload hash, precision, batch, item), in the order of their starts, a changed fingerprint as
 * a boundary. A changed workload begins another series: it is not a change of the machine.
 */
export const seriesOfRuns = (runs: readonly ThroughputRun[]): SeriesFound => {
  const notes: string[] = [];
  const groups = groupRuns(runs);
  const names = groups.map(groupName);
  const series = groups.flatMap((group) => {
    const name = groupName(group);
    return seriesOf(group, names.filter((other) => other === name).length > 1, notes);
  });
  return { series, notes };
};
