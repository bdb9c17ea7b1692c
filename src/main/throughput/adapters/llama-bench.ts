import type { FingerprintValue } from '../../../shared/model/throughput-run.ts';
import { type Adapter, noZone, zoned } from './adapter.ts';
import { tableOf } from './delimited.ts';
import { asNumber, type Fields, fieldsOf } from './fields.ts';
import { isObject, type Json, type JsonObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { agree } from './quantity.ts';
import { documentOf, linesOf, type ResultFile, refusal } from './result-file.ts';

/** What is asked of the model; csv and sql print the same values as text, so they are brought to one type. */
const numbers = ['model_size', 'model_n_params', 'n_batch', 'n_ubatch', 'n_threads', 'n_gpu_layers', 'main_gpu'];
const flags = ['no_kv_offload', 'use_mmap', 'embeddings'];
const words = ['type_k', 'type_v', 'split_mode', 'tensor_split'];
/** Newer builds know more settings: they belong to the stack, so that an older build stays comparable. */
const settings = [
  'cpu_mask',
  'cpu_strict',
  'poll',
  'n_cpu_moe',
  'devices',
  'use_direct_io',
  'no_op_offload',
  'no_host',
];
const moreSettings = ['repack', 'fit_target', 'fit_min_ctx', 'tensor_buft_overrides', 'backends'];
const required = ['model_type', 'n_prompt', 'n_gen', 'n_batch'];

const flag = (value: Json | undefined): boolean | null => {
  if (typeof value === 'boolean') return value;
  const number = asNumber(value);
  return number === null ? null : number !== 0;
};

const testName = (prompt: number, generated: number, depth: number): string =>
  [prompt > 0 ? `pp${prompt}` : '', generated > 0 ? `tg${generated}` : ''].filter(Boolean).join('+') +
  (depth > 0 ? `@d${depth}` : '');

const precisionOf = (modelType: string): string | null =>
  /\b(I?Q\d\S*.*|F16|F32|BF16|MXFP4.*)$/i.exec(modelType)?.[1] ?? null;

const samplesOf = (record: Fields, items: number): RunDraft['samples'] => {
  const durations = record.raw.samples_ns;
  if (!Array.isArray(durations)) return undefined;
  return durations.map((value) => ({ durationNs: asNumber(value) ?? Number.NaN, items }));
};

/** Tokens per repetition as the rates and times of the file imply them: nearest whole number. */
const executedTokens = (record: Fields): number | null => {
  const [ns, rate] = [record.maybeNumber('avg_ns'), record.maybeNumber('avg_ts')];
  return ns === null || rate === null ? null : Math.round((ns / 1e9) * rate);
};

const draftOf = (file: ResultFile, record: Fields, where: string): RunDraft => {
  const missing = required.filter((key) => !record.has(key));
  if (missing.length > 0) {
    throw refusal(file, `${where} does not say what was run (no ${missing.join(', ')}), export the whole record again`);
  }
  const [prompt, generated, depth] = [
    record.number('n_prompt'),
    record.number('n_gen'),
    record.maybeNumber('n_depth') ?? 0,
  ];
  const tokens = prompt + generated;
  const model = record.text('model_type');
  const flash = record.raw.flash_attn;
  const cpuOnly = /^(cpu|blas)?$/i.test(record.maybeText('backends') ?? '') || record.maybeNumber('n_gpu_layers') === 0;
  const executed = executedTokens(record);
  const rate = record.maybeNumber('avg_ts');
  const samples = samplesOf(record, tokens);
  return {
    workload: `llama-bench/${model}/${testName(prompt, generated, depth)}`,
    definition: {
      harness: 'llama-bench',
      model,
      ...Object.fromEntries(numbers.map((key) => [key, record.maybeNumber(key) ?? undefined])),
      ...Object.fromEntries(flags.map((key) => [key, flag(record.raw[key]) ?? undefined])),
      ...Object.fromEntries(words.map((key) => [key, record.maybeText(key) ?? undefined])),
      flash_attn: typeof flash === 'boolean' ? Number(flash) : (asNumber(flash) ?? undefined),
      n_prompt: prompt,
      n_gen: generated,
      n_depth: depth,
    },
    item: 'token',
    executor: {
      name: record.maybeText(cpuOnly ? 'cpu_info' : 'gpu_info'),
      kind: cpuOnly ? 'cpu' : 'gpu',
    },
    fingerprint: {
      gpu: record.maybeText('gpu_info'),
      cpu: record.maybeText('cpu_info'),
      'llama.cpp': record.maybeText('build_commit'),
      'llama.cpp build': record.maybeNumber('build_number'),
      ...Object.fromEntries(
        [...settings, ...moreSettings].map((key): [string, FingerprintValue | null] => [
          `llama.${key}`,
          settingOf(record, key),
        ]),
      ),
    },
    precision: precisionOf(model),
    batch: record.number('n_batch'),
    startedAt: zoned(record.maybeText('test_time')),
    ...(samples ? { samples } : {}),
    ...(samples || rate === null ? {} : { throughput: { value: rate, n: null, from: 'avg_ts' } }),
    noLatency: samples ? undefined : 'csv and sql hold means only, export json for the repetitions',
    declared: [
      {
        name: 'tokens per repetition',
        declared: tokens,
        executed,
        equal: executed === null ? null : agree(tokens, executed),
      },
    ],
    notes: [
      ...(record.has('model_filename')
        ? [`model file ${record.text('model_filename')}, its content is not hashed`]
        : []),
      ...noZone(record.maybeText('test_time')),
    ],
  };
};

/** Booleans print as true, 1 or "1", depending on the export. */
const settingOf = (record: Fields, key: string): string | null => {
  const value = record.raw[key];
  return typeof value === 'boolean' ? String(Number(value)) : record.maybeText(key);
};

const sqlInsert = /^INSERT INTO \w+ \(([^)]*)\) VALUES \((.*)\);\s*$/;

const sqlRecords = (file: ResultFile): JsonObject[] => {
  const lines = file.text.split('\n').filter((line) => line.startsWith('INSERT INTO'));
  if (lines.length === 0) throw refusal(file, 'no INSERT statements with results, export the file again');
  return lines.map((line, index) => {
    const [, columnText, valueText] = sqlInsert.exec(line) ?? [];
    if (columnText === undefined || valueText === undefined) {
      throw refusal(file, `INSERT statement ${index + 1} is cut off, export the file again`);
    }
    const columns = columnText.split(',').map((name) => name.trim());
    const values = [...valueText.matchAll(/'((?:[^']|'')*)'|NULL/g)].map(
      ([, text]) => text?.replaceAll("''", "'") ?? null,
    );
    if (columns.length !== values.length) {
      throw refusal(
        file,
        `${columns.length} columns but ${values.length} values in INSERT statement ${index + 1}, export the file again`,
      );
    }
    return Object.assign(Object.create(null), Object.fromEntries(columns.map((name, at) => [name, values[at]!])));
  });
};

const isRecord = (value: Json | undefined): boolean =>
  isObject(value) && ('samples_ns' in value || 'avg_ts' in value) && ('gpu_info' in value || 'build_commit' in value);

const isCsv = (file: ResultFile) => /^"?build_commit"?,/.test(file.text);
const isSql = (file: ResultFile) => /\bINSERT INTO (?:llama_bench|test)\b/.test(file.text);

const recordsOf = (file: ResultFile): Json[] => {
  if (file.json) {
    const value = documentOf(file);
    return Array.isArray(value) ? value : [value];
  }
  if (isCsv(file)) return tableOf(file).rows.map(({ cell }) => cell);
  return isSql(file) ? sqlRecords(file) : linesOf(file).map(({ value }) => value);
};

export const llamaBench: Adapter = {
  format: 'llama-bench',
  recognises: (file) => {
    const value = file.json?.value;
    return isRecord(Array.isArray(value) ? value[0] : value) || isRecord(file.firstLine) || isCsv(file) || isSql(file);
  },
  read: (file) => ({
    runs: recordsOf(file).map((value, index) =>
      draftOf(file, fieldsOf(file, value, `[${index}]`), `record ${index + 1}`),
    ),
  }),
};
