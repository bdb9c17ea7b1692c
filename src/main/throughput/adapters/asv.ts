import type { Adapter } from './adapter.ts';
import { asNumber, type Fields, fieldsOf, printed, scalars } from './fields.ts';
import { isObject, type Json } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { toNs } from './quantity.ts';
import { documentOf, type ResultFile, refusal } from './result-file.ts';

/** asv names what a benchmark measures in the first word of its last part: `time_` is seconds. */
const isTiming = (name: string) => /^time(?:raw)?_|^time(?:raw)?[A-Z]|^Time/.test(name.split('.').at(-1) ?? '');

/** Every combination of the parameters, the last one fastest, as asv lays results out. */
const combinations = (params: Json[][]): Json[][] =>
  params.reduce<Json[][]>((rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])), [[]]);

interface Result {
  values: Json[];
  params: Json[][];
  samples: Json[];
  numbers: Json[];
}

const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const listsOf = (value: Json | undefined): Json[][] => listOf(value).map(listOf);

/** Version 1 writes a number, null or an object; version 2 a list in the order of `result_columns`. */
const resultOf = (value: Json, columns: string[]): Result => {
  if (isObject(value)) {
    return { values: listOf(value.result), params: listsOf(value.params), samples: listOf(value.samples), numbers: [] };
  }
  if (!Array.isArray(value)) return { values: [value], params: [], samples: [], numbers: [] };
  const column = (name: string): Json | undefined => value[columns.indexOf(name)];
  return {
    values: listOf(column('result')),
    params: listsOf(column('params')),
    samples: listOf(column('samples')),
    numbers: listOf(column('number')),
  };
};

const draftsOf = (file: ResultFile, name: string, result: Result, base: Partial<RunDraft>): RunDraft[] => {
  const size = result.params.reduce((product, values) => product * values.length, 1);
  if (result.values.length !== size) {
    throw refusal(file, `${size} parameter combinations but ${result.values.length} results of ${name}, run asv again`);
  }
  return combinations(result.params).map((params, index) => {
    const seconds = asNumber(result.values[index]);
    const samples = listOf(result.samples[index]).map(asNumber);
    const repeats = asNumber(result.numbers[index]) ?? 1;
    const usable = samples.length > 0 && samples.every((value) => value !== null && value > 0);
    const text = params.map(printed);
    return {
      ...base,
      workload: `asv/${name}${text.length > 0 ? `(${text.join(', ')})` : ''}`,
      definition: { harness: 'asv', benchmark: name, params: text },
      item: 'call',
      ...(seconds === null
        ? {
            noThroughput: 'the benchmark failed or was skipped',
            invalidReasons: ['no value: the benchmark failed or was skipped'],
          }
        : usable
          ? {
              samples: samples.map((value) => ({ durationNs: toNs(value!, 's')! * repeats, items: repeats })),
              averaged: 'each sample is a mean of several calls, so percentiles cannot be seen',
            }
          : {
              throughput: { value: 1e9 / toNs(seconds, 's')!, n: null, from: 'result' },
              noLatency: 'the file has one number for each benchmark',
              reported: [{ name: 'time', value: toNs(seconds, 's')!, unit: 'ns', n: null }],
            }),
    };
  });
};

const baseOf = (document: Fields): Partial<RunDraft> => {
  const machine = document.maybeChild('params');
  const cpu = machine?.maybeText('cpu') ?? null;
  const requirements = document.maybeChild('requirements')?.raw ?? {};
  return {
    executor: { name: cpu, kind: 'cpu', ...(cpu === null ? { reason: 'the file has no CPU model' } : {}) },
    fingerprint: {
      ...scalars(machine?.raw ?? {}, ['machine', 'os', 'arch', 'ram']),
      cpu,
      python: document.maybeText('python'),
      commit: document.maybeText('commit_hash'),
      ...scalars(requirements, Object.keys(requirements)),
    },
    notes: ['date in the file is of the commit, not of the run'],
  };
};

const kindOf = (value: Json | undefined): 'results' | 'benchmarks' | 'machine' | null => {
  if (!isObject(value)) return null;
  if (isObject(value.results) && 'commit_hash' in value) return 'results';
  const first = Object.values(value).find(isObject);
  if (first && 'code' in first && 'param_names' in first) return 'benchmarks';
  return 'machine' in value && 'arch' in value && 'ram' in value ? 'machine' : null;
};

export const asv: Adapter = {
  format: 'asv',
  recognises: (file) => kindOf(file.json?.value) !== null,
  read: (file) => {
    const value = documentOf(file);
    const kind = kindOf(value);
    if (kind !== 'results') {
      throw refusal(file, `describes ${kind ?? 'something else'} and has no results, choose the file of a commit`);
    }
    const document = fieldsOf(file, value);
    const base = baseOf(document);
    const columns = listOf(document.raw.result_columns).map(printed);
    const entries = Object.entries(document.child('results').raw);
    const timings = entries.filter(([name]) => isTiming(name));
    const others = entries.length - timings.length;
    return {
      runs: timings.flatMap(([name, result]) => draftsOf(file, name, resultOf(result ?? null, columns), base)),
      remarks: others > 0 ? [`${others} of ${entries.length} benchmarks measure no time and were not read`] : [],
    };
  },
};
