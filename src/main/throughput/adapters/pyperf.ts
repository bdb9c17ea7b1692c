import { type Adapter, noZone } from './adapter.ts';
import { asNumber, fieldsOf, printed, scalars } from './fields.ts';
import { isObject, type JsonObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { toNs } from './quantity.ts';
import { documentOf, type ResultFile, refusal } from './result-file.ts';

const stack = ['python_version', 'python_implementation', 'python_compiler', 'python_cflags', 'platform', 'hostname'];
const machine = ['cpu_count', 'cpu_config', 'cpu_affinity', 'aslr', 'timer', 'perf_version', 'performance_version'];
const asked = [
  'name',
  'description',
  'timeit_stmt',
  'timeit_setup',
  'timeit_teardown',
  'inner_loops',
  'timeit_duplicate',
];

interface PyperfRun {
  metadata: JsonObject;
  values: number[];
  warmups: number[];
}

const numbersOf = (file: ResultFile, value: unknown, what: string): number[] => {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw refusal(file, `${what} are not a list, export the file again`);
  return value.map((item) => {
    const number = asNumber(Array.isArray(item) ? item[1] : item);
    if (number === null) throw refusal(file, `one of the ${what} is not a finite number, export the file again`);
    return number;
  });
};

/** A worker process of pyperf is a run; its values are means over `loops` x `inner_loops` executions. */
const draftOf = (run: PyperfRun): RunDraft => {
  const { metadata } = run;
  const name = printed(metadata.name ?? 'unnamed');
  const loops = (asNumber(metadata.loops) ?? 1) * (asNumber(metadata.inner_loops) ?? 1);
  const sample = (seconds: number) => ({ durationNs: toNs(seconds, 's')! * loops, items: loops });
  const cpu = typeof metadata.cpu_model_name === 'string' ? metadata.cpu_model_name : null;
  return {
    workload: `pyperf/${name}`,
    definition: { harness: 'pyperf', ...scalars(metadata, asked) },
    item: 'execution',
    executor: cpu === null ? { kind: 'cpu', reason: 'the file has no CPU model' } : { name: cpu, kind: 'cpu' },
    fingerprint: { cpu, ...scalars(metadata, [...stack, ...machine]) },
    samples: [
      ...run.warmups.map((seconds) => ({ ...sample(seconds), phase: 'warmup' as const })),
      ...run.values.map(sample),
    ],
    ...(loops > 1 ? { averaged: `each sample is the mean of ${loops} executions, so percentiles cannot be seen` } : {}),
    notes: noZone(typeof metadata.date === 'string' ? metadata.date : null),
  };
};

export const pyperf: Adapter = {
  format: 'pyperf',
  recognises: (file) => {
    const value = file.json?.value;
    if (!isObject(value) || !Array.isArray(value.benchmarks)) return false;
    const [first] = value.benchmarks;
    return isObject(first) && Array.isArray(first.runs);
  },
  read: (file) => {
    const document = fieldsOf(file, documentOf(file));
    const common = document.maybeChild('metadata')?.raw ?? {};
    let calibrations = 0;
    const runs = document.children('benchmarks').flatMap((benchmark) => {
      const own = benchmark.maybeChild('metadata')?.raw ?? {};
      return benchmark.children('runs').flatMap((run) => {
        const metadata = { ...common, ...own, ...(run.maybeChild('metadata')?.raw ?? {}) };
        const unit = metadata.unit ?? 'second';
        if (unit !== 'second') {
          throw refusal(
            file,
            `values of ${printed(metadata.name)} are in ${printed(unit)}, not seconds, choose a timing`,
          );
        }
        const values = numbersOf(file, run.raw.values, 'values');
        if (values.length === 0) {
          calibrations++;
          return [];
        }
        return [draftOf({ metadata, values, warmups: numbersOf(file, run.raw.warmups, 'warmups') })];
      });
    });
    const remarks =
      calibrations > 0 ? [`processes that only calibrated the number of loops and are no runs: ${calibrations}`] : [];
    return { runs, remarks };
  },
};
