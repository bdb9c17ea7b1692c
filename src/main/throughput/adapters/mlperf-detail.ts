import { zoned } from './adapter.ts';
import { asNumber, printed } from './fields.ts';
import { isObject, type Json, JsonProblem, parseForeignJson } from './foreign-json.ts';
import { type LoadgenRun, settingKeys, settingValue } from './mlperf-run.ts';
import { type ResultFile, refusal } from './result-file.ts';

const percentileKey = /^result_([\d.]+)_percentile_latency_ns$/;
const constraints: [string, string][] = [
  ['result_min_duration_met', 'not Min duration satisfied'],
  ['result_min_queries_met', 'not Min queries satisfied'],
  ['result_perf_constraints_met', 'not Performance constraints satisfied'],
  ['early_stopping_met', 'not Early stopping satisfied'],
];

interface Entry {
  key: string;
  value: Json;
  isError: boolean;
}

const entriesOf = (file: ResultFile): Entry[] =>
  file.text.split(/\r?\n/).flatMap((line, index) => {
    if (!line.startsWith(':::MLLOG ')) return [];
    try {
      const { value } = parseForeignJson(line.slice(':::MLLOG '.length));
      if (!isObject(value) || typeof value.key !== 'string') return [];
      const metadata = isObject(value.metadata) ? value.metadata : {};
      return [{ key: value.key, value: value.value ?? null, isError: metadata.is_error === true }];
    } catch (error) {
      if (!(error instanceof JsonProblem)) throw error;
      throw refusal(file, `line ${index + 1} is cut off, copy the log again`);
    }
  });

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** `mlperf_log_detail.txt`. */
export const loadgenDetail = (file: ResultFile): LoadgenRun => {
  const entries = entriesOf(file);
  const values = new Map(entries.map(({ key, value }): [string, Json] => [key, value]));
  const number = (key: string) => asNumber(values.get(key));
  const declaredSamples = number('effective_samples_per_query');
  const executedSamples = number('generated_samples_per_query');
  const concatenated = values.get('effective_sample_concatenate_permutation') === true;
  const completed = number('result_completed_samples_per_sec') ?? number('result_completed_samples_per_second');
  const errors = Math.max(number('num_errors') ?? 0, entries.filter(({ isError }) => isError).length);
  return {
    scenario: textOf(values.get('effective_scenario')),
    mode: textOf(values.get('effective_test_mode')),
    sut: textOf(values.get('sut_name')),
    validity: textOf(values.get('result_validity')),
    unmet: constraints.filter(([key]) => values.get(key) === false).map(([, words]) => words),
    errors,
    warnings: entries.filter(({ key }) => key === 'warning_generic_message').map(({ value }) => printed(value)),
    samplesPerSecond: number('result_samples_per_second') ?? completed,
    rateFrom: 'result_samples_per_second',
    tokensPerSecond: number('result_tokens_per_second') ?? number('result_completed_tokens_per_second'),
    queries: number('result_query_count'),
    latencyNs: new Map(
      entries.flatMap(({ key, value }) => {
        const [, p] = percentileKey.exec(key) ?? [];
        const ns = asNumber(value);
        return p === undefined || ns === null ? [] : [[Number(p), ns] as const];
      }),
    ),
    reported: [],
    settings: {
      ...Object.fromEntries(
        settingKeys.flatMap(([name, , key]) => {
          const value = settingValue(values.get(key));
          return value === null ? [] : [[name, value]];
        }),
      ),
      samplesConcatenated: concatenated,
    },
    declared:
      declaredSamples === null
        ? []
        : [
            {
              name: 'samples per query',
              declared: declaredSamples,
              executed: executedSamples,
              // LoadGen rounds up to whole permutations when it concatenates them, and says so.
              equal: executedSamples === null || concatenated ? null : declaredSamples === executedSamples,
            },
          ],
    startedAt: zoned(textOf(values.get('test_datetime'))),
    version: textOf(values.get('loadgen_version')),
    notes:
      concatenated && executedSamples !== null && executedSamples !== declaredSamples
        ? [`${declaredSamples} samples per query asked for, ${executedSamples} executed: whole permutations`]
        : [],
  };
};
