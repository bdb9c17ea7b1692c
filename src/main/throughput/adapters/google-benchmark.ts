import { type Adapter, noZone, zoned } from './adapter.ts';
import { type Fields, fieldsOf, scalars } from './fields.ts';
import { isObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { toNs } from './quantity.ts';
import { documentOf, type ResultFile, refusal } from './result-file.ts';

const timeOf = (file: ResultFile, entry: Fields): number => {
  const unit = entry.maybeText('time_unit') ?? 'ns';
  const ns = toNs(entry.number('real_time'), unit);
  if (ns === null)
    throw refusal(file, `time unit of ${entry.text('name')} is not known (${unit}), export the file again`);
  return ns;
};

const isAggregate = (entry: Fields) => entry.maybeText('run_type') === 'aggregate';
const nameOf = (entry: Fields) => entry.maybeText('run_name') ?? entry.text('name');

/** Repetitions of one benchmark in one process are samples of one run. */
const draftOf = (file: ResultFile, name: string, entries: Fields[], context: Fields | null): RunDraft => {
  const failures = entries.filter((entry) => entry.raw.error_occurred === true);
  const timed = entries.filter((entry) => entry.raw.error_occurred !== true);
  const date = context?.maybeText('date') ?? null;
  return {
    workload: `google-benchmark/${name}`,
    definition: { harness: 'google-benchmark', name, threads: entries[0]!.maybeNumber('threads') ?? 1, clock: 'real' },
    item: 'iteration',
    executor: { kind: 'cpu', reason: 'the file has the number of CPUs and their clock, not their model' },
    fingerprint: {
      ...scalars(context?.raw ?? {}, [
        'host_name',
        'num_cpus',
        'mhz_per_cpu',
        'cpu_scaling_enabled',
        'library_build_type',
      ]),
      'google-benchmark': context?.maybeText('library_version'),
    },
    startedAt: zoned(date),
    samples: timed.map((entry) => {
      const iterations = entry.number('iterations');
      return { durationNs: timeOf(file, entry) * iterations, items: iterations };
    }),
    averaged: 'each sample is the mean of many iterations, so percentiles cannot be seen',
    invalidReasons: failures.map(
      (entry) => `the benchmark failed: ${entry.maybeText('error_message') ?? 'no message'}`,
    ),
    notes: noZone(date),
  };
};

/** Only the mean was printed (`--benchmark_report_aggregates_only`). */
const aggregateDraft = (
  file: ResultFile,
  name: string,
  mean: Fields,
  all: Fields[],
  context: Fields | null,
): RunDraft => {
  const n = mean.maybeNumber('iterations');
  const draft = draftOf(file, name, [mean], context);
  return {
    ...draft,
    samples: undefined,
    averaged: undefined,
    noLatency: 'only aggregates of the repetitions are in the file',
    throughput: { value: 1e9 / timeOf(file, mean), n, from: 'real_time, mean' },
    reported: all
      .filter((entry) => entry.maybeText('aggregate_name') !== 'cv')
      .map((entry) => ({
        name: `real time, ${entry.text('aggregate_name')}`,
        value: timeOf(file, entry),
        unit: 'ns',
        n,
      })),
  };
};

export const googleBenchmark: Adapter = {
  format: 'google-benchmark',
  recognises: (file) => {
    const value = file.json?.value;
    if (!isObject(value) || !Array.isArray(value.benchmarks)) return false;
    const [first] = value.benchmarks;
    return isObject(first) && 'name' in first && ('run_type' in first || 'real_time' in first);
  },
  read: (file) => {
    const document = fieldsOf(file, documentOf(file));
    const context = document.maybeChild('context');
    const entries = document.children('benchmarks');
    const untimed = entries.filter(
      (entry) => !isAggregate(entry) && entry.raw.error_occurred !== true && !entry.has('real_time'),
    );
    if (untimed.length > 0) {
      throw refusal(
        file,
        `${untimed.length} of ${entries.length} benchmarks have no real_time, export the whole result`,
      );
    }
    const groups = Map.groupBy(entries, nameOf);
    const runs: RunDraft[] = [];
    const remarks: string[] = [];
    for (const [name, group] of groups) {
      const iterations = group.filter((entry) => !isAggregate(entry));
      const named = group.filter((entry) =>
        ['mean', 'median', 'stddev', 'cv'].includes(entry.maybeText('aggregate_name') ?? ''),
      );
      const mean = named.find((entry) => entry.maybeText('aggregate_name') === 'mean');
      if (iterations.length > 0) runs.push(draftOf(file, name, iterations, context));
      else if (mean) runs.push(aggregateDraft(file, name, mean, named, context));
      const unread = group.length - iterations.length - named.length;
      if (unread > 0) remarks.push(`${unread} of ${name} not read: an aggregate without a name, or a complexity fit`);
    }
    return { runs, remarks };
  },
};
