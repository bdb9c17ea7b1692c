import { describe, expect, it } from 'vitest';
import type { RunSample, ThroughputRun } from '../../../../../src/shared/model/throughput-run.ts';
import { compared, exampleRun, minute, one, repeatedRuns } from '../../../../fixtures/compared-runs.ts';
import { refusalOf } from '../adapters/capture.ts';

const eight = (prefix: string, level: number, options: Parameters<typeof repeatedRuns>[3] = {}) =>
  repeatedRuns(prefix, 8, level, options);

describe('the verdict', () => {
  it.each([
    [100, 'no change'],
    [90, 'regression'],
    [112, 'improvement'],
    [97, 'inconclusive'],
  ])('of 100 items a second against %d is %s', (level, verdict) => {
    const found = compared(eight('a', 100), eight('b', level, { seed: 2 }));
    expect(found).toMatchObject({ verdict, comparable: true, reasons: [], provisional: false });
    expect(found.metrics.throughput?.verdict).toBe(verdict);
    expect(found.metrics.throughput?.ratio.value).toBeCloseTo(level / 100, 2);
    expect(Object.keys(found.metrics)).toEqual(['throughput']);
  });

  it('is turned round for a time, and the primary metric is the one that was asked for', () => {
    const sides = (p99: number) =>
      eight('b', 100, { seed: 2 }).map((run, i) => ({
        ...run,
        metrics: { ...run.metrics, latencyP99Ms: one(p99 + (i % 3) / 10) },
      }));
    const baseline = eight('a', 100).map((run, i) => ({
      ...run,
      metrics: { ...run.metrics, latencyP99Ms: one(20 + (i % 3) / 10) },
    }));
    const slower = compared(baseline, sides(24), { metric: 'latencyP99Ms' });
    expect(slower.verdict).toBe('regression');
    expect(slower.metrics.latencyP99Ms?.ratio.value).toBeCloseTo(1.2, 2);
    expect(slower.metrics.throughput?.verdict).toBe('no change');
    expect(compared(baseline, sides(24)).verdict).toBe('no change');
    expect(slower.causes[0]?.kind).toBe('co-tenants');
  });

  it('is provisional below five runs a side, and inconclusive with one', () => {
    const [three, one] = [repeatedRuns('a', 3, 100), repeatedRuns('b', 1, 50)];
    expect(compared(three, repeatedRuns('b', 3, 50, { seed: 2 }))).toMatchObject({
      verdict: 'regression',
      provisional: true,
    });
    expect(compared(three, one)).toMatchObject({
      ...{ verdict: 'inconclusive', runsNeeded: null, smallestDetectableEffect: null },
      missing: 'one run a side says nothing about the spread between runs',
    });
    expect(compared(three, one).metrics.throughput?.ratio).toMatchObject({ value: expect.closeTo(0.5, 2), low: null });
  });

  it('is never no change where a slowdown of the size of the tolerance would have gone unseen', () => {
    const spread = { spread: 0.02 };
    for (let seed = 0; seed < 30; seed++) {
      const found = compared(
        repeatedRuns('a', 6, 100, { ...spread, seed }),
        repeatedRuns('b', 6, 100, { ...spread, seed: 900 + seed }),
      );
      if ((found.smallestDetectableEffect ?? 0) > 0.03) {
        expect(found.verdict).not.toBe('no change');
        if (found.verdict === 'inconclusive') expect(found.missing).toMatch(/above the tolerance of 3\.0/);
      }
      expect(found.smallestRegression).toBeCloseTo(1 - 0.97 * (1 - (found.smallestDetectableEffect ?? 0)), 12);
    }
  });

  it('is the same for the same seed and moves only its interval for another', () => {
    const sides = [eight('a', 100), eight('b', 95, { seed: 2 })] as const;
    expect(compared(...sides)).toEqual(compared(...sides));
    const other = compared(...sides, { seed: 2 });
    expect(other.metrics.throughput?.ratio.value).toBe(compared(...sides).metrics.throughput?.ratio.value);
  });
});

describe('what may be compared', () => {
  const refused = (options: Partial<Parameters<typeof exampleRun>[0]>) =>
    compared([exampleRun({ id: 'a' })], [exampleRun({ id: 'b', ...options })]);

  it.each<[string, Partial<Parameters<typeof exampleRun>[0]>, string]>([
    [
      'another size',
      { definition: { workload: 'gemm-f32', size: 2048 } },
      'gemm-f32, f32, batch 1: definition.size differs: 1024 against 2048',
    ],
    [
      'a further field',
      { definition: { workload: 'gemm-f32', size: 1024, shape: [1, 2] } },
      'gemm-f32, f32, batch 1: definition.shape differs: not there against [1,2]',
    ],
    ['another precision', { precision: 'f16' }, 'gemm-f32, f32, batch 1: precision differs: f32 against f16'],
    ['another batch', { batch: 8 }, 'gemm-f32, f32, batch 1: batch differs: 1 against 8'],
    ['another item', { more: { item: 'token' } }, 'gemm-f32, f32, batch 1: item differs: item against token'],
  ])('is not %s: the fields are named', (_, options, reason) => {
    expect(refused(options)).toMatchObject({
      comparable: false,
      verdict: 'not comparable',
      reasons: [reason],
      causes: [],
    });
    expect(refused(options).workloads).toEqual([]);
  });

  it('names every deep path, and counts those beyond twelve', () => {
    const deep = (n: number) => ({
      a: { b: [n, { c: n }] },
      ...Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`k${i}`, n])),
    });
    const { reasons } = compared(
      [exampleRun({ id: 'a', definition: deep(1) })],
      [exampleRun({ id: 'b', definition: deep(2) })],
    );
    expect(reasons.slice(0, 2)).toEqual([
      'gemm-f32, f32, batch 1: definition.a.b.0 differs: 1 against 2',
      'gemm-f32, f32, batch 1: definition.a.b.1.c differs: 1 against 2',
    ]);
    expect(reasons.at(-1)).toBe('gemm-f32, f32, batch 1: further fields that differ: 4');
  });

  it('is never a software adapter against hardware', () => {
    const software = { executor: { name: 'SwiftShader', kind: 'software', driver: null } } as const;
    const found = compared(eight('a', 100), eight('b', 100, { more: software }));
    expect(found).toMatchObject({ verdict: 'invalid', comparable: false });
    expect(found.reasons).toEqual([
      'gemm-f32, f32, batch 1: a software adapter is never compared with anything else: gpu against software',
    ]);
    const both = compared(eight('a', 100, { more: software }), eight('b', 100, { more: software, seed: 2 }));
    expect(both.verdict).toBe('no change');
    expect(both.remarks).toContain('both sides ran on a software adapter: this says nothing about a GPU');
  });

  it('are valid runs only: some of many are excluded and listed, a side without any is invalid', () => {
    const wrong = { valid: false, invalidReasons: ['wrong output on the last iteration'] };
    const some = [...eight('b', 100, { seed: 2 }), exampleRun({ id: 'bad', throughput: 500, more: wrong })];
    const found = compared(eight('a', 100), some);
    expect(found).toMatchObject({
      verdict: 'no change',
      excludedRuns: [{ id: 'bad', side: 'candidate', reasons: wrong.invalidReasons }],
    });
    expect(found.workloads[0]?.candidate).not.toContain('bad');
    const none = compared(eight('a', 100), eight('b', 100, { more: wrong }));
    expect(none).toMatchObject({
      verdict: 'invalid',
      comparable: true,
      causes: [{ kind: 'validity', step: { number: 0 } }],
    });
    expect(none.summary).toMatch(/none of 8 candidate runs is valid, the first: wrong output on the last iteration$/);
  });

  it('is refused in one sentence when a run stands on both sides or the metric is unknown', () => {
    const [run] = eight('a', 100);
    expect(refusalOf(() => compared([run!], [run!]))).toBe('a run stands on both sides, name it on one of them: a0');
    expect(refusalOf(() => compared([], [run!]))).toBe('no run on a side, name at least one: baseline');
    expect(refusalOf(() => compared([run!], eight('b', 1), { metric: 'speed' }))).toMatch(
      /^unknown metric, use one of throughput, .*: speed$/,
    );
  });

  it('counts a run that was named twice once', () => {
    const runs = eight('a', 100);
    expect(compared([...runs, ...runs], eight('b', 100)).baseline).toHaveLength(8);
  });
});

describe('outputs', () => {
  const digest = (outputDigest: string | null, outputValues?: number[]): Partial<ThroughputRun> => ({
    outputDigest,
    ...(outputValues ? { outputValues } : {}),
  });

  it('that changed at equal speed are a finding of their own', () => {
    const found = compared(
      eight('a', 100, { more: digest('sha256:aa', [1, 2, 0]) }),
      eight('b', 100, { seed: 2, more: digest('sha256:bb', [1, 2.002, 0]) }),
    );
    expect(found.verdict).toBe('no change');
    expect(found.outputs).toMatchObject({ equal: false, maxRelativeError: expect.closeTo(0.001, 4) });
    expect(found.remarks[0]).toMatch(
      /the speed is the same and the numbers are not: the digest of the output differs: sha256:aa against sha256:bb, largest relative difference/,
    );
    expect(found.summary).toMatch(/; the outputs changed$/);
    expect(found.causes.map(({ kind }) => kind)).toEqual(['software']);
  });

  it('are equal, or not known for a reason', () => {
    expect(compared(eight('a', 1), eight('b', 1)).outputs).toMatchObject({ equal: true, maxRelativeError: null });
    expect(compared(eight('a', 1), eight('b', 1, { more: digest(null) })).outputs).toMatchObject({
      ...{ equal: null, reason: 'no digest of the output on the candidate' },
    });
  });
});

describe('the order in time', () => {
  const at = (prefix: string, minutes: number[]) =>
    minutes.map((n, i) => exampleRun({ id: `${prefix}${i}`, throughput: 100 + i, startedAt: minute(n) }));

  it.each<[string, number[], number[]]>([
    ['interleaved', [0, 6, 8, 14], [2, 4, 10, 12]],
    ['interleaved', [0, 4, 8], [2, 6, 10]],
    ['one after the other', [0, 2, 4, 6], [8, 10, 12, 14]],
    ['historical, not concurrent', [0, 2, 4], [500, 502, 504]],
  ])('is %s', (concurrency, baseline, candidate) => {
    expect(compared(at('a', baseline), at('b', candidate)).concurrency).toBe(concurrency);
  });

  it('is historical where an instant is not known', () => {
    expect(compared(at('a', [0, 4]), [exampleRun({ id: 'b', startedAt: null })]).concurrency).toBe(
      'historical, not concurrent',
    );
  });
});

describe('the noise floor', () => {
  /** Sessions a day apart whose levels jump by so much. */
  const sessions = (n: number, jump: number, options = {}) =>
    Array.from({ length: n }, (_, day) =>
      repeatedRuns(`s${day}-`, 3, 100 * (1 + jump * (day % 2)), {
        spread: 0.001,
        seed: day,
        from: 1440 * (day - n - 1),
        ...options,
      }),
    ).flat();
  const sides = [eight('a', 100), eight('b', 95, { seed: 2 })] as const;

  it('needs eight comparisons of the executor with itself, and makes a change inside it inconclusive', () => {
    expect(compared(...sides, {}, sessions(8, 0.08)).noiseFloor).toMatchObject({
      value: null,
      sessions: 7,
      reason: 'fewer than 8 sessions: 7',
    });
    const noisy = compared(...sides, {}, sessions(9, 0.08));
    expect(noisy.noiseFloor).toMatchObject({ value: expect.closeTo(Math.log(1.08), 2), sessions: 8 });
    expect(noisy).toMatchObject({
      verdict: 'inconclusive',
      missing: expect.stringContaining('within the noise floor of this executor'),
    });
    expect(compared(...sides, {}, sessions(9, 0.01)).verdict).toBe('regression');
  });

  it('takes no run of another workload or stack, none that is compared here and none without an instant', () => {
    for (const other of [
      { definition: { other: 1 } },
      { fields: { driver: '1' } },
      { precision: 'f16' },
      { startedAt: null },
    ])
      expect(compared(...sides, {}, sessions(12, 0.08, other)).noiseFloor.sessions).toBe(0);
    expect(compared(...sides, {}, [...sides[0], ...sides[1]]).noiseFloor.sessions).toBe(0);
  });

  it('takes the calls of one hour apart where they are told, and none that ran under a changed environment', () => {
    const called = (side: 'A' | 'B') =>
      Array.from({ length: 10 }, (_, i) => {
        const session = { id: `call ${i}`, position: 1, of: 2, side, order: 'AB' };
        return repeatedRuns(`c${i}-`, 2, 100, { seed: i, from: -60 + 5 * i, more: { session } });
      }).flat();
    expect(compared(...sides, {}, called('A')).noiseFloor.sessions).toBe(9);
    expect(compared(...sides, {}, called('B')).noiseFloor.sessions).toBe(0);
  });

  it('tells sessions of one hour apart by their labels', () => {
    const labelled = Array.from({ length: 10 }, (_, i) =>
      repeatedRuns(`l${i}-`, 2, 100, { seed: i, from: -60 + 5 * i, more: { label: `try ${i}` } }),
    ).flat();
    expect(compared(...sides, {}, labelled).noiseFloor.sessions).toBe(9);
  });
});

describe('excluded samples', () => {
  const samples = (slow: number): RunSample[] =>
    Array.from({ length: 100 }, (_, i) => ({
      ...{ startNs: i * 1e7, durationNs: i < slow ? 2e7 : 1e7, items: 1, deviceNs: null, phase: 'measure' as const },
      excluded: i < slow ? 'hardware slow-down' : null,
    }));
  const throttled = (share: number): Partial<ThroughputRun> => ({ throttling: { share, reasons: ['too hot'] } });

  it('are left in beside the numbers', () => {
    const found = compared(
      eight('a', 100, { samples: samples(0) }),
      eight('b', 100, { seed: 2, samples: samples(10), more: throttled(0.1) }),
    );
    expect(found.verdict).toBe('no change');
    expect(found.metrics.throughput?.withExclusions?.ratio.value).toBeCloseTo(100 / 110, 1);
    expect(found.metrics.throughput?.withExclusions?.verdict).toBe('regression');
    expect(found.remarks).toContain(
      'gemm-f32, f32, batch 1: samples of the measured phase excluded by rule: 0 baseline, 80 candidate',
    );
  });

  it('of more than a fifth of the time decide: what is left stands for nothing', () => {
    const found = compared(
      eight('a', 100, { samples: samples(0) }),
      eight('b', 100, { seed: 2, samples: samples(40), more: throttled(0.4) }),
    );
    expect(found.verdict).toBe('regression');
    expect(found.summary).toMatch(
      /^throttled: not representative, of the measured time of the candidate under a slow-down of the hardware: 40 %; .*-?28\.\d/,
    );
  });
});

describe('the stacks', () => {
  const on = (prefix: string, executor: Partial<ThroughputRun['executor']>, fields = {}, level = 100) =>
    eight(prefix, level, {
      seed: level,
      fields,
      more: { executor: { name: 'A', kind: 'gpu', driver: '1', ...executor } },
    });

  it('differ by what the runner said of its executor where the fingerprint does not know it', () => {
    const { fingerprintDifference: found, causes } = compared(on('a', {}), on('b', { name: 'B', driver: '2' }, {}, 80));
    expect(found.map(({ field, step }) => [field, step?.id])).toEqual([
      ['driver', 'software'],
      ['gpu', 'validity'],
    ]);
    expect(causes[0]).toMatchObject({ kind: 'validity', step: { number: 0 } });
    expect(compared(on('a', {}, { gpu: 'A' }), on('b', {}, { gpu: 'A' })).fingerprintDifference).toEqual([]);
  });

  it('that allow more than before make nothing slower', () => {
    const { causes } = compared(on('a', {}, { power_limit_w: 500 }), on('b', {}, { power_limit_w: 700 }, 80));
    expect(causes.find(({ kind }) => kind === 'power')?.weight).toBe(0.1);
  });

  it('that differ inside a side are no one executor, and it is said', () => {
    const mixed = [...on('a', {}, { kernel: '6.1' }), ...on('c', {}, { kernel: '6.2' })];
    expect(compared(mixed, on('b', {}, { kernel: '6.2' })).remarks).toContain(
      'the runs of the baseline are not of one stack, these fields differ between them: kernel',
    );
  });
});
