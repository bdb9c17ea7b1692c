import { type Adapter, noZone, zoned } from './adapter.ts';
import { type Fields, fieldsOf, plain, printed } from './fields.ts';
import { isObject, type Json, type JsonObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { toMs, toNs } from './quantity.ts';
import { documentOf, linesOf, type ResultFile, refusal } from './result-file.ts';

const isRecord = (value: Json | undefined): value is JsonObject =>
  isObject(value) && isObject(value.metadata) && 'request_start_ns' in value.metadata && 'metrics' in value;
const isSummary = (value: Json | undefined): value is JsonObject =>
  isObject(value) && isObject(value.request_throughput) && 'unit' in value.request_throughput;

const nanoseconds = (value: Json | undefined): bigint | null =>
  typeof value === 'bigint' ? value : typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : null;

/** Nanoseconds since 1970 as an ISO instant; null beyond what a date can hold. */
const instantOf = (ns: bigint): string | null => {
  const ms = Number(ns / 1_000_000n);
  return ms >= 0 && ms <= 8.64e15 ? new Date(ms).toISOString() : null;
};

interface Request {
  startNs: bigint;
  endNs: bigint;
  latencyNs: number | null;
  tokens: number | null;
  failure: string | null;
}

const requestOf = (file: ResultFile, record: Fields): Request => {
  const metadata = record.child('metadata');
  const metrics = record.child('metrics');
  const startNs = nanoseconds(metadata.raw.request_start_ns);
  const endNs = nanoseconds(metadata.raw.request_end_ns);
  if (startNs === null || endNs === null || endNs < startNs) {
    throw refusal(file, 'a record has no start and end in nanoseconds, export the file again');
  }
  const error = record.maybeChild('error');
  const cancelled = metadata.raw.was_cancelled === true;
  const failure = error
    ? `${error.maybeText('type') ?? 'error'} ${error.maybeText('code') ?? ''}`.trim()
    : cancelled
      ? 'cancelled'
      : null;
  const latency = metrics.maybeChild('request_latency');
  const latencyNs = latency ? toNs(latency.number('value'), latency.text('unit')) : null;
  if (failure === null && latencyNs === null)
    throw refusal(file, 'a record has no request_latency, export the file again');
  const tokens = metrics.maybeChild('output_sequence_length')?.maybeNumber('value') ?? null;
  return { startNs, endNs, latencyNs, tokens, failure };
};

/** Per-request records: requests overlap, so the rate is completed work over the time from first start to last end. */
const recordsDraft = (file: ResultFile, records: Fields[]): RunDraft => {
  const requests = records
    .filter((record) => (record.child('metadata').maybeText('benchmark_phase') ?? 'profiling') === 'profiling')
    .map((record) => requestOf(file, record));
  if (requests.length === 0) throw refusal(file, 'no record of the profiling phase, export the file again');
  const done = requests.filter(({ failure }) => failure === null);
  const failed = requests.filter(({ failure }) => failure !== null);
  const least = (values: bigint[]) => values.reduce((a, b) => (b < a ? b : a));
  const first = least(requests.map(({ startNs }) => startNs));
  const counted = done.length > 0 && done.every(({ tokens }) => tokens !== null && tokens > 0);
  const items = done.reduce((sum, { tokens }) => sum + (counted ? tokens! : 1), 0);
  const last = done.reduce((end, { endNs }) => (endNs > end ? endNs : end), first);
  const elapsed = Number(last - first);
  const kinds = [...new Set(failed.map(({ failure }) => failure!))].join(', ');
  return {
    workload: 'aiperf/requests',
    definition: { harness: 'aiperf' },
    item: counted ? 'output token' : 'request',
    executor: { reason: 'per-request records do not name server, model or machine' },
    startedAt: instantOf(first),
    overlapping: true,
    samples: done.map(({ startNs, latencyNs, tokens }) => ({
      startNs: Number(startNs - first),
      durationNs: latencyNs!,
      items: counted ? tokens! : 1,
    })),
    ...(elapsed > 0
      ? { throughput: { value: (items / elapsed) * 1e9, n: done.length, from: 'completed requests over elapsed time' } }
      : { noThroughput: 'no request was completed' }),
    invalidReasons: failed.length > 0 ? [`${failed.length} of ${requests.length} requests failed: ${kinds}`] : [],
    notes: ['model and load are not in the records: only files of one benchmark may be compared'],
  };
};

const summaryDraft = (document: Fields): RunDraft => {
  const metric = (name: string) => document.maybeChild(name);
  const average = (name: string) => metric(name)?.maybeNumber('avg') ?? null;
  const latency = metric('request_latency');
  const requests = average('request_count');
  const n = latency?.maybeNumber('count') ?? requests;
  const tokens = average('output_token_throughput');
  const errors = average('error_request_count') ?? 0;
  const config = document.maybeChild('input_config');
  const part = (name: string) => config?.maybeChild(name)?.raw;
  const percentile = (key: string) => {
    const value = latency?.maybeNumber(key) ?? null;
    const ms = value === null ? null : toMs(value, latency!.text('unit'));
    return ms === null ? undefined : { value: ms, n, from: `request_latency.${key}` };
  };
  const models = part('endpoint')?.model_names;
  const model = Array.isArray(models) ? models.map(printed).join(', ') : null;
  const cancelled = document.raw.was_cancelled === true;
  return {
    workload: `aiperf/${model ?? 'requests'}`,
    definition: { harness: 'aiperf', model, input: plain(part('input')), load: plain(part('loadgen')) },
    item: tokens === null ? 'request' : 'output token',
    executor: { reason: 'AIPerf measures from outside and does not name the machine' },
    throughput: {
      value: tokens ?? document.child('request_throughput').number('avg'),
      n,
      from: tokens === null ? 'request_throughput.avg' : 'output_token_throughput.avg',
    },
    latency: { p50Ms: percentile('p50'), p95Ms: percentile('p95'), p99Ms: percentile('p99') },
    reported: ['time_to_first_token', 'inter_token_latency', 'request_latency'].flatMap((name) => {
      const value = average(name);
      const ms = value === null ? null : toMs(value, metric(name)!.text('unit'));
      return ms === null ? [] : [{ name: `${name}, mean`, value: ms, unit: 'ms', n }];
    }),
    invalidReasons: [
      ...(cancelled ? ['the benchmark was cancelled'] : []),
      ...(errors > 0 ? [`${errors} requests failed`] : []),
    ],
    startedAt: zoned(document.maybeText('start_time')),
    notes: noZone(document.maybeText('start_time')),
  };
};

export const aiperf: Adapter = {
  format: 'aiperf',
  recognises: (file) => isRecord(file.json?.value) || isSummary(file.json?.value) || isRecord(file.firstLine),
  read: (file) => {
    if (isSummary(file.json?.value)) return { runs: [summaryDraft(fieldsOf(file, documentOf(file)))] };
    const records = file.json ? [{ value: documentOf(file), line: 1 }] : linesOf(file);
    return {
      runs: [
        recordsDraft(
          file,
          records.map(({ value, line }) => fieldsOf(file, value, `line ${line}`)),
        ),
      ],
    };
  },
};
