import { describe, expect, it } from 'vitest';
import { parse } from '../../../../../src/main/throughput/adapters/registry.ts';
import { captureText, importCapture, refusalOf, runOf } from './capture.ts';

describe('hyperfine', () => {
  it('takes every process as a run', () => {
    const { runs } = importCapture('hyperfine/two.json');
    expect(runs.filter(({ workload }) => workload.id === 'hyperfine/sleep 0.1')).toHaveLength(27);
    expect(runs[0]!.samples).toMatchObject([{ durationNs: 105868768.72, items: 1 }]);
    expect(new Set(runs.map(({ workload }) => workload.hash)).size).toBe(2);
  });

  it('with an exit code that is not 0 is invalid, and does not count', () => {
    const text = JSON.stringify({ results: [{ command: 'false', times: [0.1, 0.2, 0.3], exit_codes: [0, 1, null] }] });
    const { runs } = parse(text, 'x.json');
    expect(runs.map(({ invalidReasons }) => invalidReasons)).toEqual([
      [],
      ['the command failed: exit code 1'],
      ['the command failed: ended by a signal'],
    ]);
    expect(runs[1]!.metrics.throughput.value).toBeNull();
    const fewer = JSON.stringify({ results: [{ command: 'false', times: [0.1, 0.2], exit_codes: [0] }] });
    expect(refusalOf(() => parse(fewer, 'x.json'))).toBe(
      '2 times but 1 exit codes of false, export the file again: x.json',
    );
  });
});

describe('pyperf', () => {
  it('takes every worker process as a run, warm-up apart', () => {
    const { runs, remarks } = importCapture('pyperf/telco.json');
    expect(remarks).toEqual(['processes that only calibrated the number of loops and are no runs: 1']);
    expect(runs[0]!.samples.map(({ phase, items }) => [phase, items])).toEqual([
      ['warmup', 8],
      ['measure', 8],
      ['measure', 8],
      ['measure', 8],
    ]);
    expect(runs[0]!.warmup.samplesExcluded).toBe(1);
    // Three values of 8 loops each.
    const mean = (0.022752201875846367 + 0.022529058374857414 + 0.022569017250134493) / 3;
    expect(runs[0]!.metrics.throughput.value).toBeCloseTo(1 / mean, 9);
    expect(runs[0]!.metrics.latencyP50Ms.reason).toBe(
      'each sample is the mean of 8 executions, so percentiles cannot be seen',
    );
  });

  it('is the same workload under two versions of Python, on another stack', () => {
    const of = (path: string) => importCapture(path).runs.find(({ workload }) => workload.id === 'pyperf/[1]*1000')!;
    const [py36, py37] = [of('pyperf/mult_list_py36.json'), of('pyperf/mult_list_py37.json')];
    expect(py36.workload.hash).toBe(py37.workload.hash);
    expect(py36.fingerprint.fields.python_version).toBe('3.6.12 (64-bit)');
    expect(py37.fingerprint.fields.python_version).toBe('3.7.9 (64-bit)');
    expect(py36.fingerprint.hash).not.toBe(py37.fingerprint.hash);
  });
});

describe('Google Benchmark', () => {
  it('takes repetitions in one process as samples of one run', () => {
    const run = runOf('google-benchmark/test3_run0.json', 'google-benchmark/BM_Two');
    expect(run.samples.map(({ durationNs, items }) => [durationNs, items])).toEqual([
      [9000, 1000],
      [8000, 1000],
    ]);
    expect(run.startedAt).toBeNull();
    expect(run.notes).toContain('started 2016-08-02 17:44:46, which is no instant with a time zone');
  });

  it('reads the unit of each entry and leaves complexity fits out', () => {
    const run = runOf('google-benchmark/test1_run1.json', 'google-benchmark/BM_NotBadTimeUnit');
    expect(run.metrics.throughput.value).toBeCloseTo(2.5, 12);
    expect(importCapture('google-benchmark/test1_run1.json').remarks).toEqual([
      '2 of MyComplexityTest not read: an aggregate without a name, or a complexity fit',
    ]);
    const text = captureText('google-benchmark/test3_run1.json').replace(
      '"time_unit": "ns"',
      '"time_unit": "fortnight"',
    );
    expect(refusalOf(() => parse(text, 'x.json'))).toBe(
      'time unit of BM_One is not known (fortnight), export the file again: x.json',
    );
  });

  it('of aggregates only is a summary, and a failed benchmark an invalid run', () => {
    const entry = { name: 'BM_mean', run_name: 'BM', run_type: 'aggregate', aggregate_name: 'mean', iterations: 10 };
    const failed = { name: 'Bad', run_type: 'iteration', error_occurred: true, error_message: 'no device' };
    const text = JSON.stringify({ benchmarks: [{ ...entry, real_time: 4, time_unit: 'us' }, failed] });
    const { runs } = parse(text, 'x.json');
    expect(runs[0]!.metrics.throughput).toMatchObject({ value: 250_000, low: null, n: 10 });
    expect(runs[0]!.samples).toEqual([]);
    expect(runs[1]).toMatchObject({ valid: false, invalidReasons: ['the benchmark failed: no device'] });
  });
});

describe('JMH', () => {
  it('takes every fork as a run', () => {
    const [entry] = JSON.parse(captureText('jmh/throughput.json')) as {
      forks: number;
      primaryMetric: { rawData: number[][] };
    }[];
    const [fork] = entry!.primaryMetric.rawData;
    const text = JSON.stringify([
      { ...entry, forks: 2, primaryMetric: { ...entry!.primaryMetric, rawData: [fork, fork] } },
    ]);
    const { runs } = parse(text, 'x.json');
    expect(runs).toHaveLength(2);
    expect(runs.every(({ valid, samples }) => valid && samples.length === 3)).toBe(true);
    expect(parse(text.replace('"forks":2', '"forks":5'), 'x.json').runs[0]!.invalidReasons).toEqual([
      'methodology mismatch: 5 forks declared, 2 executed',
    ]);
  });

  it('tells implementations apart by their parameters', () => {
    expect(importCapture('jmh/six.json').runs.map(({ workload }) => workload.id)[1]).toBe(
      'jmh/com.github.guava.caffeine.cache.ComputeBenchmark.compute_sameKey?computeType=Guava',
    );
    const run = runOf('jmh/throughput.json');
    expect(run.metrics.throughput.value! / 3.3762388731228185e9).toBeCloseTo(1, 6);
  });

  it('reads times per operation where mode and unit agree', () => {
    const text = captureText('jmh/latency.json').replace('"thrpt"', '"avgt"');
    expect(parse(text, 'x.json').runs[0]!.samples[0]!.durationNs).toBe(3.376842765688582e18);
  });
});

describe('pytest-benchmark', () => {
  it('does not read a shortened list, and keeps the summary with its n', () => {
    const run = runOf('pytest-benchmark/two.json', 'pytest-benchmark/bench.py::test_fib_10');
    expect(run.samples).toEqual([]);
    expect(run.metrics.throughput).toMatchObject({ n: 38523, low: null, high: null });
    expect(run.metrics.throughput.value).toBeCloseTo(41513.272817492856, 6);
    expect(run.metrics.latencyP50Ms).toMatchObject({ n: 38523, low: null });
    expect(run.metrics.latencyP50Ms.value).toBeCloseTo(0.0223, 9);
    expect(run.notes).toContain('5 times for 38523 rounds: the list is not complete and is not read');
  });

  it('keeps the times where they are complete', () => {
    const data = [0.01, 0.011, 0.012, 0.01, 0.011, 0.012];
    const stats = { rounds: 6, iterations: 1, mean: 0.011, median: 0.011, data };
    const [run] = parse(JSON.stringify({ benchmarks: [{ fullname: 'a', stats }] }), 'x.json').runs;
    expect(run!.samples).toHaveLength(6);
    expect(run!.metrics.latencyP50Ms).toMatchObject({ n: 6, low: 10, high: 12 });
    expect(run!.metrics.latencyP95Ms.value).toBeNull();
  });
});

describe('go test -bench', () => {
  it('takes lines of one name as samples, and the suffix as GOMAXPROCS', () => {
    const text =
      'pkg: a\nBenchmarkX-8 \t 100\t 20 ns/op\nBenchmarkX-8 \t 50\t 30 ns/op\t 4 B/op\nBenchmarkX/_-_9 10 5 ns/op\n';
    const { runs } = parse(text, 'x.txt');
    expect(runs.map(({ workload }) => [workload.id, workload.definition.gomaxprocs])).toEqual([
      ['go/a.BenchmarkX', 8],
      ['go/a.BenchmarkX/_-_9', 1],
    ]);
    expect(runs[0]!.samples.map(({ durationNs, items }) => [durationNs, items])).toEqual([
      [2000, 100],
      [1500, 50],
    ]);
    expect(runs[0]!.reported).toEqual([{ name: 'printed by the benchmark', value: 4, unit: 'B/op', n: 50 }]);
  });
});

describe('criterion', () => {
  it('is a summary with the number of measurements, its interval not ours', () => {
    const run = runOf('criterion/many.txt', 'criterion/tracing_file');
    expect(run.metrics.throughput).toMatchObject({ n: 100, low: null, high: null });
    expect(run.metrics.throughput.value).toBeCloseTo(1e9 / 18019, 6);
    expect(run.reported!.map(({ value }) => Math.round(value))).toEqual([16652, 18019, 19562]);
  });

  it('finds a name on the line before', () => {
    expect(importCapture('criterion/dogfood.txt').runs.map(({ workload }) => workload.id)).toEqual([
      'criterion/Adapter::Magic (JSON)',
      'criterion/Adapter::Json',
      'criterion/Adapter::Magic (Rust)',
      'criterion/Adapter::Rust',
    ]);
    expect(importCapture('criterion/failed.txt').remarks).toEqual([
      'the benchmark binary failed after the last result',
    ]);
  });
});

describe('asv', () => {
  it('reads times in seconds, takes null for a failure and leaves memory out', () => {
    const { runs, remarks } = importCapture('asv/2b12eec5.json');
    expect(runs[0]).toMatchObject({ valid: false, invalidReasons: ['no value: the benchmark failed or was skipped'] });
    expect(remarks).toEqual(['1 of 12 benchmarks measure no time and were not read']);
    expect(runs[1]!.metrics.throughput.value).toBeCloseTo(1 / 0.16135950088500978, 9);
    expect(runs[1]!.startedAt).toBeNull();
  });

  it('reads version 2: parameters and samples by column', () => {
    const text = JSON.stringify({
      commit_hash: 'a',
      version: 2,
      result_columns: ['result', 'params', 'samples', 'number'],
      results: { 'a.time_x': [[0.5, null], [['1', '2']], [[0.5, 0.6], null], [10, 10]] },
    });
    const { runs } = parse(text, 'x.json');
    expect(runs.map(({ workload, valid }) => [workload.id, valid])).toEqual([
      ['asv/a.time_x(1)', true],
      ['asv/a.time_x(2)', false],
    ]);
    expect(runs[0]!.samples.map(({ durationNs, items }) => [durationNs, items])).toEqual([
      [5e9, 10],
      [6e9, 10],
    ]);
    expect(refusalOf(() => parse(text.replace('["1","2"]', '["1","2","3"]'), 'x.json'))).toBe(
      '3 parameter combinations but 2 results of a.time_x, run asv again: x.json',
    );
  });
});

describe('timm', () => {
  it('knows precision, layout and stack from the name only', () => {
    const path = 'timm/benchmark-infer-amp-nhwc-pt210-cu121-rtx3090.csv';
    const run = runOf(path, 'timm/tinynet_e/106');
    expect(run).toMatchObject({
      precision: 'amp',
      batch: 1024,
      executor: { name: 'rtx3090', kind: 'gpu' },
      fingerprint: { fields: { torch: '2.1.0', cuda: '12.1' } },
    });
    expect(run.metrics.throughput).toMatchObject({ value: 75290.96, low: null, n: 0 });
    // "1024.0" there, "1024" here.
    expect(run.workload.hash).toBe(
      runOf('timm/benchmark-infer-amp-nhwc-pt113-cu117-rtx3090.csv', 'timm/tinynet_e/106').workload.hash,
    );
    const renamed = parse(captureText(path), 'results.csv').runs[0]!;
    expect(renamed).toMatchObject({ precision: null, executor: { name: null, kind: 'unknown' } });
    expect(renamed.workload.hash).not.toBe(run.workload.hash);
  });
});

describe('nvbandwidth', () => {
  it('takes every pair of devices as a run, N/A as no pair, Error as invalid', () => {
    const { runs, remarks } = importCapture('nvbandwidth/excerpt.json');
    expect(runs.map(({ workload, metrics, valid }) => [workload.id, metrics.throughput.value, valid])).toEqual([
      ['nvbandwidth/device_to_device_memcpy_read_ce/0->1', 373.22e9, true],
      ['nvbandwidth/device_to_device_memcpy_read_ce/1->0', 372.05e9, true],
      ['nvbandwidth/device_local_copy', null, false],
    ]);
    expect(remarks).toEqual(['host_to_device_memcpy_ce was waived on this machine and is no run']);
    expect(runs[0]!.fingerprint.fields).toEqual({ driver: '535.40', cuda: '12.3', nvbandwidth: 'v0.4' });
  });
});

describe('the protocol', () => {
  it('reads a saved stream as one run', () => {
    const run = runOf('protocol/whole.jsonl');
    expect(run).toMatchObject({
      workload: { id: 'gemm-f32' },
      precision: 'f32',
      batch: 1,
      startedAt: '2025-06-12T09:30:00Z',
      outputDigest: 'sha256:0123abcd',
      warmup: { samplesExcluded: 3 },
      fingerprint: { fields: { driver: '570.86', vbios: { value: null, reason: 'no value in the file' } } },
    });
    // 20 samples of 32 items, 50 to 50.4 ms.
    expect(run.metrics.throughput.value).toBeCloseTo((20 * 32) / (20 * 0.0502), 9);
    expect(run.metrics.latencyP50Ms).toMatchObject({ n: 20, value: expect.closeTo(50.2, 1) });
    expect(run.readings).toHaveLength(5);
  });

  it('gives equal definitions equal hashes, whatever the order of their keys', () => {
    const text = captureText('protocol/whole.jsonl');
    const turned = text.replace(
      /"kernel": "gemm-f32", "shape": (\[[^\]]*\]), "seed": 1/,
      '"seed": 1, "shape": $1, "kernel": "gemm-f32"',
    );
    expect(turned).not.toBe(text);
    expect(parse(turned, 'x.jsonl').runs[0]!.workload.hash).toBe(runOf('protocol/whole.jsonl').workload.hash);
  });

  it('needs the run line first', () => {
    const text = captureText('protocol/whole.jsonl').split('\n').slice(1).join('\n');
    expect(refusalOf(() => parse(text, 'x.jsonl'))).toBe(
      'the first line is not a run line with workload id and definition, put it first: x.jsonl',
    );
  });
});
