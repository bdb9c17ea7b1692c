import { describe, expect, it } from 'vitest';
import { parse } from '../../../../../src/main/throughput/adapters/registry.ts';
import { captureText, importCapture, refusalOf, runOf } from './capture.ts';

describe('llama-bench', () => {
  const pp512 = 'llama-bench/qwen2 7B Q4_K - Medium/pp512';
  const json = runOf('llama-bench/rtx4080-qwen2-7b.json', pp512);

  it('keeps the repetitions as samples of one run', () => {
    expect(json.samples.map(({ durationNs, items }) => [durationNs, items])).toEqual(
      [74601900, 71632900, 71745200, 71952700, 70745500].map((ns) => [ns, 512]),
    );
    // 5 x 512 tokens in 0.3606782 s.
    expect(json.metrics.throughput.value).toBeCloseTo(2560 / 0.3606782, 6);
    expect(json.metrics.latencyP50Ms).toMatchObject({ value: null, reason: 'p50 needs 6 values: 5' });
    expect(json).toMatchObject({
      item: 'token',
      precision: 'Q4_K - Medium',
      batch: 2048,
      startedAt: '2025-04-24T11:58:50Z',
      executor: { name: 'NVIDIA GeForce RTX 4080', kind: 'gpu' },
      fingerprint: {
        fields: { cpu: 'AMD Ryzen 7 7800X3D 8-Core Processor', 'llama.cpp': '8cf427ff', 'llama.cpp build': 5163 },
      },
    });
  });

  it('is the same workload from json, jsonl and sql', () => {
    const sql = runOf('llama-bench/rtx4080-qwen2-7b.sql', pp512);
    expect(runOf('llama-bench/rtx4080-qwen2-7b.jsonl', pp512).workload).toEqual(json.workload);
    expect(sql.workload).toEqual(json.workload);
    expect(sql.fingerprint.hash).toBe(json.fingerprint.hash);
    expect(sql.samples).toEqual([]);
    expect(sql.metrics.throughput).toMatchObject({ value: 7100.002165, low: null, high: null, n: 0 });
    expect(sql.metrics.throughput.reason).toBe('a summary of the file, no interval can be made and its n is not given');
  });

  it('of another test is another workload', () => {
    expect(
      runOf('llama-bench/rtx4080-qwen2-7b.json', 'llama-bench/qwen2 7B Q4_K - Medium/tg128').workload.hash,
    ).not.toBe(json.workload.hash);
  });

  it('reads a csv whose rows fit its header', () => {
    const [header = '', row = ''] = captureText('llama-bench/rtx4080-qwen2-7b.csv').split('\n');
    // The value the capture lacks stands after `use_mmap`, `use_direct_io`, `embeddings` and `no_op_offload`.
    const values = row.split('","');
    const whole = [...values.slice(0, 31), '1', ...values.slice(31)].join('","');
    const [run] = parse(`${header}\n${whole}\n`, 'whole.csv').runs;
    expect(run).toMatchObject({ workload: { id: pp512, hash: json.workload.hash }, batch: 2048 });
    expect(run!.metrics.throughput.value).toBe(7285.676949);
  });

  it('that executed another number of tokens than it declared is invalid', () => {
    const text = captureText('llama-bench/rtx4080-qwen2-7b.json').replace('"n_prompt": 512', '"n_prompt": 1024');
    expect(parse(text, 'x.json').runs[0]!.invalidReasons).toEqual([
      'methodology mismatch: 1024 tokens per repetition declared, 512 executed',
    ]);
  });
});

describe('vllm bench', () => {
  const serve = runOf('vllm-bench/serve.json');

  it('reads the summary, request_rate "inf" and the key with a colon', () => {
    expect(serve.workload.definition).toMatchObject({ requestRate: 'inf', inputTokens: 1000, outputTokens: 500 });
    expect(serve.reported).toContainEqual({ name: 'request goodput', value: 3.5, unit: 'request/s', n: 400 });
    expect(serve.metrics.throughput).toMatchObject({
      value: 2000,
      low: null,
      n: 400,
      method: 'reported:output_throughput',
    });
    expect(serve.metrics.latencyP99Ms).toMatchObject({ value: 7020, n: 400 });
    expect(serve).toMatchObject({
      item: 'output token',
      overlapping: true,
      executor: { name: '1xExample GPU', kind: 'gpu' },
    });
  });

  it('knows no instant from a local date', () => {
    expect(serve.startedAt).toBeNull();
    expect(serve.notes).toContain('started 20250612-093000, which is no instant with a time zone');
  });

  it('that generated fewer tokens than declared is a methodology mismatch', () => {
    const short = runOf('vllm-bench/short-outputs.json');
    expect(short.valid).toBe(false);
    expect(short.invalidReasons).toEqual([
      'methodology mismatch: 500 output tokens per request declared, 270 executed',
    ]);
    // 999 of 1000 input tokens: another tokeniser's count, not another workload.
    expect(short.declared).toContainEqual({
      name: 'input tokens per request',
      declared: 1000,
      executed: 999,
      equal: true,
    });
  });

  it('keeps requests as overlapping samples and counts the failed', () => {
    const run = runOf('vllm-bench/detailed.json');
    expect(run.samples.map(({ startNs, durationNs, items }) => [startNs, Math.round(durationNs), items])).toEqual([
      [0, 70e6, 3],
      [0.5e9, 90e6, 3],
      [1e9, 60e6, 3],
    ]);
    expect(run.metrics.throughput.value).toBe(4.5);
    expect(run.invalidReasons).toEqual([
      'requests failed, first Connection reset by peer: 1',
      'methodology mismatch: 4 requests declared, 3 executed',
    ]);
  });

  it('with a rate that is no number is refused', () => {
    const text = captureText('vllm-bench/serve.json').replace('"inf"', '"fast"');
    expect(refusalOf(() => parse(text, 'serve.json'))).toBe(
      'request_rate is neither a number nor "inf", export the file again: serve.json',
    );
  });
});

describe('trtllm-bench', () => {
  it('reads throughput and percentiles of many requests', () => {
    const run = runOf('trtllm-bench/report.json');
    expect(run).toMatchObject({ precision: 'FP8', batch: null, executor: { name: 'Example GPU', kind: 'gpu' } });
    expect(run.metrics.throughput.value).toBe(19200);
    expect(run.metrics.latencyP99Ms.value).toBeCloseTo(10800, 9);
  });

  it('reads the same numbers from the printed report', () => {
    const [printed, json] = [runOf('trtllm-bench/report.txt'), runOf('trtllm-bench/report.json')];
    expect(printed.metrics.throughput).toEqual(json.metrics.throughput);
    expect(printed.metrics.latencyP95Ms.value).toBeCloseTo(json.metrics.latencyP95Ms.value!, 3);
    expect(printed).toMatchObject({ precision: 'FP8', executor: json.executor });
    expect(printed.declared).toContainEqual({
      name: 'output tokens per request',
      declared: 128,
      executed: 128,
      equal: true,
    });
    // Backend, world size and KV share are not printed: other knowledge of the workload is another workload.
    expect(printed.workload.hash).not.toBe(json.workload.hash);
  });

  it('refuses the percentiles of a single request', () => {
    const run = runOf('trtllm-bench/one-request.json');
    expect(run.metrics.latencyP50Ms).toMatchObject({ value: null, n: 1, reason: 'p50 needs 6 values: 1' });
    expect(run.metrics.latencyP99Ms).toMatchObject({ value: null, reason: 'p99 needs 368 values: 1' });
    expect(run.reported!.map(({ name }) => name)).toEqual([
      'request latency, mean',
      'time to first token, mean',
      'time per output token, mean',
    ]);
    expect(run.notes).toContain('p50, p90, p95, p99 are printed for 1 requests and not read: too few');
  });

  it('with shorter outputs than its data set asked for is a methodology mismatch', () => {
    expect(runOf('trtllm-bench/short-outputs.json').invalidReasons).toEqual([
      'methodology mismatch: 128 output tokens per request declared, 70 executed',
    ]);
  });
});

describe('MLPerf LoadGen', () => {
  const summary = runOf('mlperf/offline-summary.txt');
  const detail = runOf('mlperf/offline-detail.txt');

  it('is the same workload from both logs', () => {
    expect(detail.workload).toEqual(summary.workload);
    expect(detail.workload.definition).toMatchObject({ scenario: 'Offline', sampleIndexSeed: '14771362308971278857' });
  });

  it('gives throughput but no latency in the offline scenario', () => {
    expect(summary.metrics.throughput).toMatchObject({ value: 92.1544, low: null, high: null });
    expect(summary.metrics.latencyP99Ms).toMatchObject({
      value: null,
      reason: 'offline issues all samples at once, so its latencies are completion times',
    });
  });

  it('tells the executed number of samples from the declared one', () => {
    expect(detail.declared).toEqual([{ name: 'samples per query', declared: 245520, executed: 245760, equal: null }]);
    expect(detail.startedAt).toBe('2025-07-31T12:22:36Z');
  });

  it('gives latency under load in the server scenario', () => {
    const server = runOf('mlperf/interactive-server-summary.txt');
    expect(server.metrics.throughput.value).toBe(29.41);
    expect(server.metrics.latencyP50Ms.value).toBeCloseTo(8609.97075, 9);
    expect(server.metrics.latencyP99Ms.value).toBeCloseTo(30354.675329, 9);
    expect(server.reported).toContainEqual({
      name: '99.00 percentile first token latency',
      value: 435.9761,
      unit: 'ms',
      n: null,
    });
  });

  it('that is INVALID stays invalid, with the constraint', () => {
    const text = captureText('mlperf/offline-summary.txt')
      .replace('Result is : VALID', 'Result is : INVALID')
      .replace('Min duration satisfied : Yes', 'Min duration satisfied : NO');
    expect(parse(text, 'mlperf_log_summary.txt').runs[0]!.invalidReasons).toEqual([
      'LoadGen says INVALID: not Min duration satisfied',
    ]);
    const log = captureText('mlperf/offline-detail.txt')
      .replace('"result_validity", "value": "VALID"', '"result_validity", "value": "INVALID"')
      .replace('"result_min_duration_met", "value": true', '"result_min_duration_met", "value": false');
    expect(parse(log, 'mlperf_log_detail.txt').runs[0]!.invalidReasons).toEqual([
      'LoadGen says INVALID: not Min duration satisfied',
    ]);
  });

  it('in accuracy mode has no performance, whatever it prints', () => {
    const text = captureText('mlperf/offline-summary.txt').replace('PerformanceOnly', 'AccuracyOnly');
    expect(refusalOf(() => parse(text, 'a.txt'))).toMatch(/^holds no performance: an accuracy run/);
  });
});

describe('AIPerf', () => {
  it('keeps exact instants beyond 2^53 and leaves failed requests out', () => {
    const run = runOf('aiperf/profile_export.jsonl');
    expect(run.startedAt).toBe('2025-10-07T05:00:07.532Z');
    expect(run.samples).toEqual([
      {
        startNs: 0,
        durationNs: expect.closeTo(297525228, 3),
        items: 9,
        deviceNs: null,
        phase: 'measure',
        excluded: null,
      },
    ]);
    // 9 tokens between 1759813207532900363 and 1759813207838764604 ns.
    expect(run.metrics.throughput.value).toBeCloseTo(9 / 0.305864241, 6);
    expect(run.invalidReasons).toEqual(['1 of 2 requests failed: RequestCancellationError 499']);
  });

  it('reads the aggregate file', () => {
    const text = JSON.stringify({
      request_throughput: { unit: 'requests/sec', avg: 12 },
      output_token_throughput: { unit: 'tokens/sec', avg: 2400 },
      request_latency: { unit: 'ms', avg: 81, p50: 80, p95: 100, p99: 120, count: 100 },
      request_count: { unit: 'requests', avg: 100 },
      input_config: { endpoint: { model_names: ['m'] }, loadgen: { concurrency: 8 } },
      was_cancelled: true,
    });
    const [run] = parse(text, 'profile_export_aiperf.json').runs;
    expect(run!.metrics.throughput).toMatchObject({ value: 2400, n: 100 });
    expect(run!.metrics.latencyP95Ms.value).toBe(100);
    expect(run!.metrics.latencyP99Ms).toMatchObject({ value: null, reason: 'p99 needs 368 values: 100' });
    expect(run!.workload.definition).toMatchObject({ model: 'm', load: { concurrency: 8 } });
    expect(run!.invalidReasons).toEqual(['the benchmark was cancelled']);
  });
});

describe('perf_analyzer', () => {
  it('takes every row as a run of its load, in microseconds, in any order', () => {
    const { runs } = importCapture('perf_analyzer/latency.csv');
    expect(runs.map(({ workload }) => workload.definition.concurrency)).toEqual([1, 3, 4, 2]);
    expect(runs.map(({ metrics }) => [metrics.throughput.value, metrics.latencyP99Ms.value])).toEqual([
      [69.2, 21.018],
      [84.2, 51.701],
      [84.2, 64.886],
      [87.2, 34.766],
    ]);
    expect(new Set(runs.map(({ workload }) => workload.hash)).size).toBe(4);
  });

  it('reads GPU columns, with the comma its rows end in', () => {
    const text =
      'Concurrency,Inferences/Second,p50 latency,Avg GPU Power Usage\n1,69.2,13891,gpu_0:55.3;gpu_1:56.9;,\n';
    expect(parse(text, 'verbose.csv').runs[0]!.reported).toContainEqual({
      name: 'Avg GPU Power Usage, gpu_1',
      value: 56.9,
      unit: 'W',
      n: null,
    });
  });
});
