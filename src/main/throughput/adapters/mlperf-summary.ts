import { asNumber } from './fields.ts';
import { type LoadgenRun, settingKeys, settingValue } from './mlperf-run.ts';
import { nsToMs } from './quantity.ts';
import type { ResultFile } from './result-file.ts';

const pair = /^\s*(.+?)\s*:\s*(.*?)\s*$/;
const rates = ['Samples per second', 'Completed samples per second', 'QPS w/ loadgen overhead'];
const tokenRates = ['Tokens per second', 'Completed tokens per second'];
const constraint = /satisfied$/;
const percentileKey = /^([\d.]+) percentile latency \(ns\)$/;
const tokenTime = /^(?:[\d.]+ percentile|Min|Max|Mean) (?:first token latency|time to output token) \(ns\)$/i;

/** `mlperf_log_summary.txt`. */
export const loadgenSummary = (file: ResultFile): LoadgenRun => {
  const values = new Map<string, string>();
  for (const line of file.text.split(/\r?\n/)) {
    const [, key, value] = pair.exec(line) ?? [];
    if (key !== undefined && value !== undefined && !values.has(key)) values.set(key, value);
  }
  const number = (keys: string[]) => {
    const key = keys.find((name) => asNumber(values.get(name)) !== null);
    return key === undefined ? null : { key, value: asNumber(values.get(key))! };
  };
  const rate = number(rates);
  const concatenated = /sample_concatenate_permutation was set to true/.test(file.text);
  const errors = /^(\d+) ERRORS? encountered/im.exec(file.text)?.[1];
  const warnings = /^(\d+) warnings? encountered/im.exec(file.text)?.[1];
  const numeric = [...values].flatMap(([key, text]): [string, number][] => {
    const value = asNumber(text);
    return value === null ? [] : [[key, value]];
  });
  return {
    scenario: values.get('Scenario') ?? null,
    mode: values.get('Mode') ?? null,
    sut: values.get('SUT name') ?? null,
    validity: values.get('Result is') ?? null,
    unmet: [...values]
      .filter(([key, value]) => constraint.test(key) && !/^yes/i.test(value))
      .map(([key]) => `not ${key}`),
    errors: errors === undefined ? 0 : Number(errors),
    warnings: warnings === undefined ? [] : [`${warnings} times, see the detail log`],
    samplesPerSecond: rate?.value ?? null,
    rateFrom: rate?.key ?? '',
    tokensPerSecond: number(tokenRates)?.value ?? null,
    queries: null,
    latencyNs: new Map(
      numeric.flatMap(([key, value]) => {
        const [, p] = percentileKey.exec(key) ?? [];
        return p === undefined ? [] : [[Number(p), value] as const];
      }),
    ),
    reported: numeric
      .filter(([key]) => tokenTime.test(key))
      .map(([key, value]) => ({ name: key.replace(' (ns)', '').toLowerCase(), value: nsToMs(value), unit: 'ms' })),
    settings: {
      ...Object.fromEntries(
        settingKeys.flatMap(([name, key]) => {
          const value = settingValue(values.get(key));
          return value === null ? [] : [[name, value]];
        }),
      ),
      samplesConcatenated: concatenated,
    },
    declared: [],
    startedAt: null,
    version: null,
    notes: concatenated ? ['samples per query is what was asked for, the executed number is in the detail log'] : [],
  };
};
