import type { Adapter } from './adapter.ts';
import { isObject, type Json } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { loadgenDetail } from './mlperf-detail.ts';
import type { LoadgenRun } from './mlperf-run.ts';
import { loadgenSummary } from './mlperf-summary.ts';
import { nsToMs } from './quantity.ts';
import { type ResultFile, refusal } from './result-file.ts';

const noPerformance = 'holds no performance: an accuracy run or one that did not finish, import the performance run';
const offlineLatency = 'offline issues all samples at once, so its latencies are completion times';

const draftOf = (file: ResultFile, run: LoadgenRun): RunDraft => {
  if (run.scenario === null || run.validity === null || /accuracy/i.test(run.mode ?? ''))
    throw refusal(file, noPerformance);
  const offline = run.scenario === 'Offline';
  const summary = (p: number) => {
    const ns = run.latencyNs.get(p);
    return ns === undefined ? undefined : { value: nsToMs(ns), n: run.queries, from: `${p} percentile latency` };
  };
  const valid = run.validity === 'VALID';
  const said = run.unmet.length > 0 ? `: ${run.unmet.join(', ')}` : '';
  return {
    workload: `mlperf/${run.scenario}`,
    definition: { harness: 'mlperf-loadgen', scenario: run.scenario, mode: run.mode, ...run.settings },
    item: 'sample',
    executor: { reason: `LoadGen knows the system under test by a class name only (${run.sut ?? 'none'})` },
    fingerprint: { loadgen: run.version },
    startedAt: run.startedAt,
    ...(run.samplesPerSecond === null
      ? { noThroughput: `scenario ${run.scenario} prints no completed samples per second` }
      : { throughput: { value: run.samplesPerSecond, n: run.queries, from: run.rateFrom } }),
    ...(offline
      ? { noLatency: offlineLatency }
      : { latency: { p50Ms: summary(50), p95Ms: summary(95), p99Ms: summary(99) } }),
    reported: [
      ...run.reported.map((entry) => ({ ...entry, n: run.queries })),
      ...[...run.latencyNs].map(([p, ns]) => ({
        name: `latency, p${p}`,
        value: nsToMs(ns),
        unit: 'ms',
        n: run.queries,
        ...(offline ? { reason: offlineLatency } : {}),
      })),
      ...(run.tokensPerSecond === null
        ? []
        : [{ name: 'tokens per second', value: run.tokensPerSecond, unit: 'token/s', n: run.queries }]),
    ],
    declared: run.declared,
    invalidReasons: [
      ...(valid ? [] : [`LoadGen says ${run.validity}${said}`]),
      ...(run.errors > 0 ? [`LoadGen counted errors: ${run.errors}`] : []),
    ],
    notes: [
      'model and data set are not in the log: only logs of one benchmark may be compared',
      'summary and detail log of one run are one run: import one of them',
      ...run.warnings.map((warning) => `LoadGen warned: ${warning}`),
      ...run.notes,
    ],
  };
};

const isDescription = (value: Json | undefined) =>
  isObject(value) && 'accelerators_per_node' in value && 'submitter' in value;
const isDetail = ({ text }: ResultFile) => text.trimStart().startsWith(':::MLLOG');
const isSummary = ({ text }: ResultFile) => /MLPerf Results Summary/.test(text);
/** What is left of a summary in accuracy mode. */
const isBare = ({ text }: ResultFile) => /^No errors encountered during test\.|^\d+ ERRORS? encountered/im.test(text);

export const mlperfLoadgen: Adapter = {
  format: 'mlperf-loadgen',
  recognises: (file) => isDetail(file) || isSummary(file) || isBare(file) || isDescription(file.json?.value),
  read: (file) => {
    if (isDescription(file.json?.value))
      throw refusal(file, 'describes a system and has no results, import the LoadGen logs');
    if (isDetail(file)) return { runs: [draftOf(file, loadgenDetail(file))] };
    if (isSummary(file)) return { runs: [draftOf(file, loadgenSummary(file))] };
    throw refusal(file, noPerformance);
  },
};
