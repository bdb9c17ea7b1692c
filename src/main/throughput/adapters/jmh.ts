import type { Adapter } from './adapter.ts';
import { asNumber, type Fields, fieldsOf, plain, printed, scalars } from './fields.ts';
import { isObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { toNs } from './quantity.ts';
import { documentOf, type ResultFile, refusal } from './result-file.ts';

const methodology = ['warmupIterations', 'warmupTime', 'warmupBatchSize', 'measurementIterations', 'measurementTime'];

/** Nanoseconds of one operation from a score; null where unit and mode contradict each other. */
const operationNs = (mode: string, unit: string): ((score: number) => number) | null => {
  const [, rate] = /^ops\/(\w+)$/.exec(unit) ?? [];
  const [, time] = /^(\w+)\/op$/.exec(unit) ?? [];
  if (mode === 'thrpt' && rate !== undefined) {
    const ns = toNs(1, rate);
    return ns === null ? null : (score) => ns / score;
  }
  if ((mode === 'avgt' || mode === 'ss') && time !== undefined) {
    const ns = toNs(1, time);
    return ns === null ? null : (score) => score * ns;
  }
  return null;
};

const draftsOf = (file: ResultFile, entry: Fields): RunDraft[] => {
  const name = entry.text('benchmark');
  const mode = entry.text('mode');
  const metric = entry.child('primaryMetric');
  const unit = metric.text('scoreUnit');
  const toOperation = operationNs(mode, unit);
  if (mode === 'sample') throw refusal(file, `mode sample of ${name} has a histogram only, measure with thrpt or avgt`);
  if (toOperation === null) {
    throw refusal(file, `mode ${mode} of ${name} does not go with the unit ${unit}, export the file again`);
  }
  const params = entry.maybeChild('params')?.raw;
  const suffix = params
    ? `?${Object.entries(params)
        .map(([key, value]) => `${key}=${printed(value)}`)
        .join('&')}`
    : '';
  const forks = metric.list('rawData');
  const declaredForks = entry.maybeNumber('forks');
  const perFork = entry.maybeNumber('measurementIterations');
  // forks 0 is JMH's "in this process": one group of iterations.
  const missing = declaredForks !== null && Math.max(1, declaredForks) !== forks.length;
  return forks.map((fork) => {
    const scores = Array.isArray(fork) ? fork.map(asNumber) : [null];
    if (scores.length === 0 || scores.some((score) => score === null || score <= 0)) {
      throw refusal(file, `raw data of ${name} are not numbers above 0, export the file again`);
    }
    return {
      workload: `jmh/${name}${suffix}`,
      definition: {
        harness: 'jmh',
        benchmark: name,
        mode,
        threads: entry.maybeNumber('threads') ?? 1,
        params: params ? plain(params) : undefined,
        ...scalars(entry.raw, [...methodology, 'measurementBatchSize']),
      },
      item: 'operation',
      executor: { kind: 'cpu', reason: 'JMH writes down the JVM, not the machine' },
      fingerprint: {
        ...scalars(entry.raw, ['jmhVersion', 'jvm', 'jdkVersion', 'vmName', 'vmVersion']),
        jvmArgs: Array.isArray(entry.raw.jvmArgs) ? entry.raw.jvmArgs.map(printed).join(' ') : null,
      },
      samples: scores.map((score) => ({ durationNs: toOperation(score!) })),
      averaged: 'each sample is the mean of an iteration, so percentiles cannot be seen',
      declared: [
        {
          name: 'iterations',
          declared: perFork,
          executed: scores.length,
          equal: perFork === null ? null : perFork === scores.length,
        },
      ],
      invalidReasons: missing
        ? [`methodology mismatch: ${declaredForks} forks declared, ${forks.length} executed`]
        : [],
    };
  });
};

export const jmh: Adapter = {
  format: 'jmh',
  recognises: (file) => {
    const value = file.json?.value;
    const first = Array.isArray(value) ? value[0] : undefined;
    return isObject(first) && 'primaryMetric' in first;
  },
  read: (file) => {
    const entries = documentOf(file);
    if (!Array.isArray(entries)) throw refusal(file, 'expected a list of results, export the file again');
    return { runs: entries.flatMap((entry, index) => draftsOf(file, fieldsOf(file, entry, `[${index}]`))) };
  },
};
