import { type Adapter, noZone, zoned } from './adapter.ts';
import { asNumber, type Fields, fieldsOf, plain, scalars } from './fields.ts';
import { isObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { toMs, toNs } from './quantity.ts';
import { documentOf } from './result-file.ts';

const statistics = ['min', 'max', 'mean', 'stddev', 'median', 'iqr', 'q1', 'q3'];

const draftOf = (benchmark: Fields, machine: Fields | null, date: string | null, tool: string | null): RunDraft => {
  const name = benchmark.text('fullname');
  const stats = benchmark.child('stats');
  const rounds = stats.number('rounds');
  const iterations = stats.maybeNumber('iterations') ?? 1;
  const data = Array.isArray(stats.raw.data) ? stats.raw.data.map(asNumber) : [];
  const complete = data.length === rounds && data.every((value) => value !== null && value > 0);
  const cpu = machine?.maybeChild('cpu') ?? null;
  const cpuName = cpu?.maybeText('brand_raw') ?? cpu?.maybeText('brand') ?? null;
  const meanNs = toNs(stats.number('mean'), 's')!;
  const shortened =
    data.length > 0 ? [`${data.length} times for ${rounds} rounds: the list is not complete and is not read`] : [];
  return {
    workload: `pytest-benchmark/${name}`,
    definition: {
      harness: 'pytest-benchmark',
      benchmark: name,
      params: isObject(benchmark.raw.params) ? plain(benchmark.raw.params) : undefined,
      ...scalars(benchmark.maybeChild('options')?.raw ?? {}, ['disable_gc', 'timer', 'warmup']),
    },
    item: 'call',
    executor: { name: cpuName, kind: 'cpu', ...(cpuName === null ? { reason: 'the file has no CPU model' } : {}) },
    fingerprint: {
      cpu: cpuName,
      'pytest-benchmark': tool,
      ...scalars(machine?.raw ?? {}, [
        'node',
        'machine',
        'system',
        'release',
        'python_version',
        'python_implementation',
        'python_compiler',
      ]),
    },
    startedAt: zoned(date),
    ...(complete
      ? {
          samples: data.map((seconds) => ({ durationNs: toNs(seconds!, 's')! * iterations, items: iterations })),
          ...(iterations > 1
            ? { averaged: `each sample is the mean of ${iterations} calls, so percentiles cannot be seen` }
            : {}),
        }
      : {
          throughput: { value: 1e9 / meanNs, n: rounds, from: 'stats.mean' },
          ...(iterations > 1
            ? { noLatency: `each round is the mean of ${iterations} calls, so percentiles cannot be seen` }
            : {
                latency: {
                  p50Ms: { value: toMs(stats.number('median'), 's')!, n: rounds, from: 'stats.median' },
                },
              }),
        }),
    reported: statistics.flatMap((key) => {
      const seconds = stats.maybeNumber(key);
      return seconds === null ? [] : [{ name: `time, ${key}`, value: toNs(seconds, 's')!, unit: 'ns', n: rounds }];
    }),
    notes: [...(complete ? [] : shortened), ...noZone(date)],
  };
};

export const pytestBenchmark: Adapter = {
  format: 'pytest-benchmark',
  recognises: (file) => {
    const value = file.json?.value;
    if (!isObject(value) || !Array.isArray(value.benchmarks)) return false;
    const [first] = value.benchmarks;
    return isObject(first) && 'fullname' in first && 'stats' in first;
  },
  read: (file) => {
    const document = fieldsOf(file, documentOf(file));
    const machine = document.maybeChild('machine_info');
    const [date, tool] = [document.maybeText('datetime'), document.maybeText('version')];
    return { runs: document.children('benchmarks').map((benchmark) => draftOf(benchmark, machine, date, tool)) };
  },
};
