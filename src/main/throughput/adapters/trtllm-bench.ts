import { fewestForPercentile } from '../../statistics/percentile.ts';
import type { Adapter } from './adapter.ts';
import { type Fields, fieldsOf, scalars } from './fields.ts';
import { isObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { agree } from './quantity.ts';
import { documentOf, type ResultFile } from './result-file.ts';
import { isPrintedReport, printedReport } from './trtllm-report.ts';

const world = ['tp_size', 'pp_size', 'ep_size', 'world_size', 'max_batch_size', 'max_num_tokens', 'scheduling_policy'];
const percentiles = [50, 90, 95, 99] as const;

/** The mean of a length distribution of the data set, under either of the names it has had. */
const datasetMean = (dataset: Fields | null, what: 'isl' | 'osl'): number | null =>
  dataset?.maybeChild(`${what}_stats`)?.maybeNumber('average') ?? dataset?.maybeNumber(`avg_${what}`) ?? null;

const statisticsOf = (block: Fields | null, name: string, n: number): RunDraft['reported'] => {
  if (!block) return [];
  const average = block.maybeNumber('average');
  return [
    ...(average === null ? [] : [{ name: `${name}, mean`, value: average, unit: 'ms', n }]),
    ...percentiles.flatMap((p) => {
      const value = block.maybeNumber(`p${p}`);
      return value === null || n < fewestForPercentile(p / 100)
        ? []
        : [{ name: `${name}, p${p}`, value, unit: 'ms', n }];
    }),
  ];
};

const lengthOf = (name: string, declared: number | null, executed: number | null) => ({
  name,
  declared,
  executed,
  equal: declared === null || executed === null ? null : agree(declared, executed),
});

const draftOf = (report: Fields): RunDraft => {
  const engine = report.child('engine');
  const requests = report.child('request_info');
  const performance = report.child('performance');
  const streaming = report.maybeChild('streaming_metrics');
  const dataset = report.maybeChild('dataset');
  const machine = report.maybeChild('machine');
  const n = requests.number('num_requests');
  const latency = performance.maybeChild('request_latency_percentiles_ms');
  const model = engine.text('model');
  const gpu = machine?.maybeText('name') ?? null;
  const summary = (p: number) => {
    const value = latency?.maybeNumber(`p${p}`) ?? null;
    return value === null ? undefined : { value, n, from: `request_latency_percentiles_ms.p${p}` };
  };
  const refused = percentiles.filter((p) => n < fewestForPercentile(p / 100)).map((p) => `p${p}`);
  return {
    workload: `trtllm-bench/${model}`,
    definition: {
      harness: 'trtllm-bench',
      ...scalars(engine.raw, ['model', 'backend', 'dtype', 'kv_cache_dtype', 'quantization']),
      ...scalars(report.child('world_info').raw, [...world, 'kv_cache_percentage']),
      requests: n,
      inputTokens: datasetMean(dataset, 'isl'),
      outputTokens: datasetMean(dataset, 'osl'),
      streaming: streaming !== null,
    },
    item: 'output token',
    executor: gpu === null ? { kind: 'gpu', reason: 'the report has no machine' } : { name: gpu, kind: 'gpu' },
    fingerprint: {
      gpu,
      'gpu memory, GB': machine?.maybeNumber('memory.total'),
      'gpu memory clock, GHz': machine?.maybeNumber('clocks.mem'),
      'tensorrt-llm': engine.maybeText('version'),
    },
    precision: engine.maybeText('quantization') ?? engine.maybeText('dtype'),
    overlapping: true,
    throughput: {
      value: performance.number('system_output_throughput_tok_s'),
      n,
      from: 'system_output_throughput_tok_s',
    },
    latency: { p50Ms: summary(50), p95Ms: summary(95), p99Ms: summary(99) },
    reported: [
      ...(statisticsOf(latency, 'request latency', n) ?? []),
      ...(statisticsOf(streaming?.maybeChild('ttft_percentiles') ?? null, 'time to first token', n) ?? []),
      ...(statisticsOf(streaming?.maybeChild('tpot_percentiles') ?? null, 'time per output token', n) ?? []),
    ],
    declared: [
      lengthOf('requests', dataset?.maybeNumber('num_requests') ?? null, n),
      lengthOf('input tokens per request', datasetMean(dataset, 'isl'), requests.maybeNumber('avg_input_length')),
      lengthOf('output tokens per request', datasetMean(dataset, 'osl'), requests.maybeNumber('avg_output_length')),
    ],
    notes: [
      'the batch is formed by the server from moment to moment, the file has its limit only',
      ...(refused.length > 0 ? [`${refused.join(', ')} are printed for ${n} requests and not read: too few`] : []),
    ],
  };
};

const isReport = (file: ResultFile): boolean => {
  const value = file.json?.value;
  return isObject(value) && 'engine' in value && 'request_info' in value && 'performance' in value;
};

export const trtllmBench: Adapter = {
  format: 'trtllm-bench',
  recognises: (file) => isReport(file) || isPrintedReport(file),
  read: (file) => {
    const report = isPrintedReport(file) ? printedReport(file) : documentOf(file);
    return { runs: [draftOf(fieldsOf(file, report))] };
  },
};
