import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect, formats, parse } from '../../../../../src/main/throughput/adapters/registry.ts';
import { UserFault } from '../../../../../src/shared/errors.ts';
import { ThroughputRun } from '../../../../../src/shared/model/throughput-run.ts';
import { captures, captureText, importCapture, refusalOf } from './capture.ts';

/** File -> format, runs and how many of them are valid. */
const read: Record<string, [string, number, number]> = {
  'aiperf/profile_export-failed.json': ['aiperf', 1, 0],
  'aiperf/profile_export.jsonl': ['aiperf', 1, 0],
  'asv/05d283b9.json': ['asv', 11, 11],
  'asv/2b12eec5.json': ['asv', 11, 10],
  'asv/c1a0773e.json': ['asv', 11, 10],
  'criterion/dogfood.txt': ['criterion', 4, 4],
  'criterion/failed.txt': ['criterion', 4, 4],
  'criterion/many.txt': ['criterion', 5, 5],
  'go/five.txt': ['go', 5, 5],
  'go/three.txt': ['go', 3, 3],
  'google-benchmark/bencher-two.txt': ['google-benchmark', 2, 2],
  'google-benchmark/test1_run1.json': ['google-benchmark', 14, 14],
  'google-benchmark/test1_run2.json': ['google-benchmark', 14, 14],
  'google-benchmark/test3_run0.json': ['google-benchmark', 2, 2],
  'google-benchmark/test3_run1.json': ['google-benchmark', 4, 4],
  'hyperfine/one.json': ['hyperfine', 214, 214],
  'hyperfine/two.json': ['hyperfine', 40, 40],
  'jmh/six.json': ['jmh', 6, 6],
  'jmh/throughput.json': ['jmh', 1, 1],
  'llama-bench/rtx4080-qwen2-7b.json': ['llama-bench', 2, 2],
  'llama-bench/rtx4080-qwen2-7b.jsonl': ['llama-bench', 2, 2],
  'llama-bench/rtx4080-qwen2-7b.sql': ['llama-bench', 2, 2],
  'mlperf/interactive-server-summary.txt': ['mlperf-loadgen', 1, 1],
  'mlperf/offline-detail.txt': ['mlperf-loadgen', 1, 1],
  'mlperf/offline-summary.txt': ['mlperf-loadgen', 1, 1],
  'nvbandwidth/excerpt.json': ['nvbandwidth', 3, 2],
  'perf_analyzer/latency.csv': ['perf_analyzer', 4, 4],
  'protocol/died.jsonl': ['protocol', 1, 0],
  'protocol/out-of-memory.jsonl': ['protocol', 1, 0],
  'protocol/whole.jsonl': ['protocol', 1, 1],
  'pyperf/mult_list_py36.json': ['pyperf', 60, 60],
  'pyperf/mult_list_py37.json': ['pyperf', 60, 60],
  'pyperf/telco.json': ['pyperf', 40, 40],
  'pytest-benchmark/four.json': ['pytest-benchmark', 4, 4],
  'pytest-benchmark/two.json': ['pytest-benchmark', 2, 2],
  'timm/benchmark-infer-amp-nchw-pt240-cu124-rtx4090.csv': ['timm', 1444, 1444],
  'timm/benchmark-infer-amp-nhwc-pt113-cu117-rtx3090.csv': ['timm', 929, 929],
  'timm/benchmark-infer-amp-nhwc-pt210-cu121-rtx3090.csv': ['timm', 1204, 1204],
  'timm/benchmark-infer-amp-nhwc-pt240-cu124-rtx4090.csv': ['timm', 1441, 1441],
  'trtllm-bench/one-request.json': ['trtllm-bench', 1, 1],
  'trtllm-bench/report.json': ['trtllm-bench', 1, 1],
  'trtllm-bench/report.txt': ['trtllm-bench', 1, 1],
  'trtllm-bench/short-outputs.json': ['trtllm-bench', 1, 0],
  'vllm-bench/detailed.json': ['vllm-bench', 1, 0],
  'vllm-bench/serve.json': ['vllm-bench', 1, 1],
  'vllm-bench/short-outputs.json': ['vllm-bench', 1, 0],
};

const refused: Record<string, string> = {
  'aiperf/profile_export-success.json':
    'key occurs twice, so its value is ambiguous (metrics.time_to_first_token), export the file again: profile_export-success.json',
  'asv/benchmarks.json': 'describes benchmarks and has no results, choose the file of a commit: benchmarks.json',
  'asv/machine.json': 'describes machine and has no results, choose the file of a commit: machine.json',
  'bencher/report_latency.json': `not a result file of a known format, name one with --format (${formats.join(', ')}): report_latency.json`,
  'google-benchmark/test4_run.json': '8 of 12 benchmarks have no real_time, export the whole result: test4_run.json',
  'jmh/latency.json':
    'mode thrpt of org.openjdk.jmh.samples.JMHSample_01_HelloWorld.wellHelloThere does not go with the unit s/op, export the file again: latency.json',
  'llama-bench/ascend910b3-excerpt.json':
    'record 1 does not say what was run (no model_type, n_prompt, n_gen, n_batch), export the whole record again: ascend910b3-excerpt.json',
  'llama-bench/rtx4080-qwen2-7b.csv':
    '42 columns in the header but 41 values in row 1, so values cannot be matched to columns, export the file again: rtx4080-qwen2-7b.csv',
  'mlperf/accuracy-mode-summary.txt':
    'holds no performance: an accuracy run or one that did not finish, import the performance run: accuracy-mode-summary.txt',
  'mlperf/system-desc-mi300x.json':
    'describes a system and has no results, import the LoadGen logs: system-desc-mi300x.json',
  'perf_analyzer/verbose-gpu-elided.csv':
    'columns were left out of the file (...), export it in full: verbose-gpu-elided.csv',
  'pyperf/track_memory.json': 'values of timeit are in byte, not seconds, choose a timing: track_memory.json',
};

describe('every capture', () => {
  it('is expected to be read or refused', () => {
    expect(captures.toSorted()).toEqual([...Object.keys(read), ...Object.keys(refused)].toSorted());
  });

  it.each(Object.entries(read))('%s is read', (path, [format, runs, valid]) => {
    const imported = importCapture(path);
    expect([imported.format, imported.runs.length]).toEqual([format, runs]);
    expect(imported.runs.filter((run) => run.valid)).toHaveLength(valid);
    for (const run of imported.runs) {
      expect(ThroughputRun.parse(run)).toEqual(run);
      expect(run.valid).toBe(run.invalidReasons.length === 0);
      for (const estimate of Object.values(run.metrics)) {
        if (estimate.value === null) expect(estimate.reason).toBeTruthy();
        else expect(estimate.value).toBeGreaterThan(0);
      }
    }
    expect(new Set(imported.runs.map(({ id }) => id)).size).toBe(runs);
  });

  it.each(Object.entries(refused))('%s is refused', (path, sentence) => {
    expect(refusalOf(() => importCapture(path))).toBe(sentence);
  });

  it('is read the same twice', () => {
    expect(importCapture('pyperf/telco.json')).toEqual(importCapture('pyperf/telco.json'));
  });
});

describe('a format', () => {
  it('is found by content, whatever the name', () => {
    expect(detect(captureText('jmh/six.json'), 'results.txt')).toBe('jmh');
    expect(detect('hello', 'hello.json')).toBeNull();
  });

  it('can be named, and a wrong one is refused', () => {
    expect(parse(captureText('go/three.txt'), 'three.txt', 'go').runs).toHaveLength(3);
    expect(refusalOf(() => parse(captureText('go/three.txt'), 'three.txt', 'jmh'))).toBe(
      'not a JSON document, export the file again: three.txt',
    );
    expect(refusalOf(() => parse('', 'x', 'excel'))).toBe(
      `unknown format, choose auto or one of ${formats.join(', ')}: excel`,
    );
  });

  it('of an empty or a broken file has a sentence of its own', () => {
    expect(refusalOf(() => parse(' \n', '/tmp/a/empty.json'))).toBe('the file is empty, export it again: empty.json');
    expect(refusalOf(() => parse('{"a": 1,\n "b": }', 'broken.json'))).toBe(
      'not valid JSON at line 2, column 7, export the file again: broken.json',
    );
    expect(refusalOf(() => parse('{"a": [1, 2', 'cut.json'))).toBe(
      'ends too early at line 1, column 12, export the file again: cut.json',
    );
  });
});

/** Anything but a refusal is a defect of ours. */
const survives = (text: string, name: string, format: string): void => {
  try {
    for (const run of parse(text, name, format).runs) ThroughputRun.parse(run);
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
  }
};

describe('a damaged file', () => {
  // The detail log and the tables are long; a part of them holds every kind of line.
  const texts = captures.map((path) => ({ name: path.split('/')[1]!, text: captureText(path).slice(0, 6000) }));
  const formatOf = fc.constantFrom('auto', ...formats);

  it('cut off anywhere is read or refused, under every format', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        formatOf,
        (file, share, format) => {
          survives(file.text.slice(0, Math.floor(file.text.length * share)), file.name, format);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('with changed characters is read or refused', () => {
    const change = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(...'"{}[],:0-9.eN\n \u0000\u00ff'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 }), (file, changes) => {
        const characters = [...file.text];
        for (const [share, character] of changes) characters[Math.floor(share * (characters.length - 1))] = character;
        survives(characters.join(''), file.name, 'auto');
      }),
      { numRuns: 150 },
    );
  });

  it('with a value of another kind is read or refused', () => {
    const documents = texts.flatMap(({ name, text }) => {
      const whole = captureText(captures.find((path) => path.endsWith(`/${name}`))!);
      return text.startsWith('{') || text.startsWith('[') ? [{ name, whole }] : [];
    });
    const other = fc.constantFrom('null', '-1', '1e999', '{}', '[]', '"x"', '0', 'NaN', 'true', '12345678901234567890');
    const scalar = /: ?(-?[\d.]+(?:[eE][+-]?\d+)?|"[^"]*"|null|true|false)/g;
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.double({ min: 0, max: 1, noNaN: true }),
        other,
        (file, share, value) => {
          const places = [...file.whole.matchAll(scalar)];
          const place = places[Math.floor(share * (places.length - 1))];
          if (!place) return;
          const end = place.index + place[0].length;
          survives(`${file.whole.slice(0, place.index)}: ${value}${file.whole.slice(end)}`, file.name, 'auto');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('nested without end is refused', () => {
    survives('['.repeat(100_000), 'deep.json', 'auto');
    survives(
      `{"type":"run","workload":{"id":"a","definition":{"x":${'['.repeat(5000)}${']'.repeat(5000)}}}}`,
      'deep.jsonl',
      'protocol',
    );
  });
});
