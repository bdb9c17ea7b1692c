import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/main/statistics/random.ts';
import { judgeRun, type RunEvidence } from '../../../../../src/main/throughput/runs/judge.ts';
import { ThroughputRun } from '../../../../../src/shared/model/throughput-run.ts';
import { evidenceOf, readingAt, type StreamDraft, telemetryRecord } from '../../../../fixtures/run-evidence.ts';

const times = (n: number, ms: (index: number) => number) => Array.from({ length: n }, (_, index) => ms(index));
const noisy = (n: number, level: (index: number) => number, seed = 1) => {
  const random = createRandom(seed);
  return times(n, (index) => level(index) * (1 + 0.01 * random.normal()));
};
const judge = (draft: StreamDraft, more: Partial<RunEvidence> = {}) =>
  ThroughputRun.parse(judgeRun(evidenceOf(draft, more)));
const kept = (run: ThroughputRun) =>
  run.samples.filter(({ phase, excluded }) => phase === 'measure' && excluded === null);

describe('numbers of a run', () => {
  it('are items over time and percentiles of service time, with the reason where they are refused', () => {
    const run = judge({ ms: times(40, (index) => 10 + (index % 2)), items: 4 });
    expect(run.metrics.throughput).toMatchObject({ value: expect.closeTo(4 / 0.0105, 9), n: 40, low: null });
    expect(run.metrics.latencyP50Ms).toMatchObject({ n: 40, method: 'harrell-davis@1' });
    expect(run.metrics.latencyP50Ms.value).toBeCloseTo(10.5, 6);
    expect(run.metrics.latencyP95Ms).toMatchObject({ value: null, reason: 'p95 needs 72 values: 40' });
    expect(run.metrics.latencyP99Ms).toMatchObject({ value: null, reason: 'p99 needs 368 values: 40' });
    expect(run.metrics.energyPerItemJ).toMatchObject({ value: null, reason: 'no telemetry was taken' });
    expect(run).toMatchObject({ valid: true, invalidReasons: [], outputDigest: 'sha256:a', outputValues: [1] });
    expect(judge({ ms: times(400, () => 10) }).metrics.latencyP99Ms.value).toBeCloseTo(10, 9);
  });

  it('of blocks of iterations have a middle and no tail', () => {
    const run = judge({ ms: times(400, () => 50), items: 100 }, { batch: 10 });
    expect(run.metrics.latencyP50Ms).toMatchObject({ reason: 'of means of 10 iterations' });
    expect(run.metrics.latencyP50Ms.value).toBeCloseTo(5, 9);
    expect(run.metrics.latencyP99Ms).toMatchObject({ value: null, reason: expect.stringContaining('blocks of 10') });
  });

  it('of iterations that overlap are items over elapsed time', () => {
    const evidence = evidenceOf({ ms: times(60, () => 10) });
    const samples = evidence.stream.samples.map((sample, index) => ({
      ...sample,
      startNs: 2e9 + index * 5e6,
    }));
    const run = judgeRun({ ...evidence, stream: { ...evidence.stream, samples } });
    expect(run.overlapping).toBe(true);
    expect(run.metrics.throughput.value).toBeCloseTo(60 / (59 * 0.005 + 0.01), 6);
  });
});

describe('steady state', () => {
  it('leaves out a warm-up inside the measurement, and shows the numbers with it', () => {
    const run = judge({ ms: noisy(400, (index) => (index < 60 ? 20 : 10)) });
    expect(run.steadyState).toMatchObject({ reached: true, kind: 'warm-up' });
    expect(kept(run).length).toBeGreaterThanOrEqual(335);
    expect(kept(run).length).toBeLessThanOrEqual(341);
    expect(run.metrics.throughput.value).toBeGreaterThan(99);
    expect(run.withExclusions!.throughput.value).toBeLessThan(90);
    expect(run.exclusions).toMatchObject([{ rule: 'before the steady state' }]);
    expect(run.warmup.samplesExcluded).toBe(1 + run.exclusions![0]!.samples);
    expect(run.steadyState.from).toBeGreaterThan(run.samples[1]!.startNs!);
  });

  it('of a slow-down is the settled level, and the first burst is told', () => {
    const run = judge({ ms: noisy(400, (index) => (index < 80 ? 10 : 12.5)) });
    expect(run.steadyState).toMatchObject({ reached: true, kind: 'slowdown' });
    expect(run.steadyState.burst).toBeCloseTo(100, 0);
    expect(run.metrics.throughput.value).toBeCloseTo(80, 0);
    expect(run.notes!.join('\n')).toMatch(
      /slowed down and settled: (100|99\.\d+|100\.\d+) items\/s in the first burst/,
    );
  });

  it('that is not reached keeps every sample and is said beside every number', () => {
    const run = judge({ ms: times(400, (index) => 10 + index / 20) });
    expect(run.steadyState).toMatchObject({ reached: false, from: null });
    expect(kept(run)).toHaveLength(400);
    const whole = times(400, (index) => 10 + index / 20).reduce((sum, ms) => sum + ms, 0);
    expect(run.metrics.throughput.value).toBeCloseTo(400 / (whole / 1000), 6);
    for (const metric of [run.metrics.throughput, run.metrics.latencyP50Ms, run.metrics.latencyP99Ms]) {
      expect(metric.reason).toMatch(/^did not settle, over the whole measurement/);
    }
  });

  it('is not judged below forty samples', () => {
    const run = judge({ ms: times(39, () => 10) });
    expect(run.steadyState).toMatchObject({ reached: null, reason: 'fewer than 40 iterations: 39' });
    expect(kept(run)).toHaveLength(39);
  });
});

describe('telemetry', () => {
  /** The measurement begins 2 s after the runner's clock, which is 5e12 ns behind. */
  const at = (seconds: number) => 5e12 + 2e9 + seconds * 1e9;
  const polls = (name: string, value: (seconds: number) => number | null, to = 10) =>
    times(2 * to + 9, (index) => index / 2 - 2).map((seconds) => readingAt(at(seconds), name, value(seconds)));

  it('takes samples under a hardware slow-down out, lists them and shows both numbers', () => {
    const masks = polls('clock_event_reasons', (seconds) => (seconds >= 4 && seconds < 5 ? 0x40 : 0x4));
    const run = judge({ ms: noisy(1000, () => 10) }, { telemetry: telemetryRecord(masks) });
    const out = run.samples.filter(({ excluded }) => excluded === 'hardware slow-down');
    expect(out.length).toBeGreaterThan(95);
    expect(out.length).toBeLessThan(107);
    for (const { startNs } of out) expect((startNs! - 2e9) / 1e9).toBeGreaterThan(3.9);
    expect(run.exclusions).toEqual([
      { rule: 'hardware slow-down', samples: out.length, reason: 'too hot: the hardware lowers the clock' },
    ]);
    expect(run.throttling).toMatchObject({ representative: true, share: expect.closeTo(0.1, 2) });
    expect(run.throttling.reasons.join()).toContain('power limit reached');
    expect(run.metrics.throughput.n).toBe(1000 - out.length);
    expect(run.withExclusions!.throughput.n).toBe(1000);
    expect(run.valid).toBe(true);
  });

  it('over a fifth of the time slowed down, says that the rest is not representative', () => {
    const masks = polls('clock_event_reasons', (seconds) => (seconds >= 5 ? 0x8 : 0));
    const run = judge({ ms: noisy(1000, () => 10) }, { telemetry: telemetryRecord(masks) });
    expect(run.throttling.representative).toBe(false);
    expect(run.throttling.reasons[0]).toMatch(/^throttled: not representative, (49|50|51)\.\d/);
    expect(run.notes).toContain(run.throttling.reasons[0]);
    const all = judge(
      { ms: times(1000, () => 10) },
      { telemetry: telemetryRecord(polls('clock_event_reasons', () => 0x80)) },
    );
    expect(all.metrics.throughput).toMatchObject({ value: null, reason: 'every sample was taken out by a rule' });
    expect(all.withExclusions!.throughput.value).toBeCloseTo(100, 6);
  });

  it('gives energy per item over the time that counts', () => {
    const power = polls('power_instant_w', () => 200);
    const run = judge({ ms: times(1000, () => 10), items: 2 }, { telemetry: telemetryRecord(power) });
    expect(run.metrics.energyPerItemJ).toMatchObject({ method: 'trapezoid over power readings, grade B' });
    expect(run.metrics.energyPerItemJ.value).toBeCloseTo(1, 9);
    const few = judge({ ms: times(40, () => 10) }, { telemetry: telemetryRecord(power) });
    expect(few.metrics.energyPerItemJ).toMatchObject({ value: null, reason: expect.stringContaining('fewer than 10') });
  });

  it('says what is left of the energy without the power of the device at rest', () => {
    const rest = [-4, -3.5, -3, -2.5].map((seconds) => readingAt(at(seconds), 'power_instant_w', 50));
    const power = polls('power_instant_w', (seconds) => (seconds < -1.6 ? 50 : 200));
    const run = judge({ ms: times(1000, () => 10), items: 2 }, { telemetry: telemetryRecord([...rest, ...power]) });
    expect(run.metrics.energyPerItemJ.value).toBeCloseTo(1, 9);
    expect(run.notes).toContainEqual(expect.stringMatching(/^energy net of 50\.\S* W at rest: 0\.75\S* J an item$/));
    expect(run.notes).not.toContain('no net energy: idle power was not measured');
  });

  it("of another device, of several, or for a processor is not the run's own", () => {
    const power = polls('power_w', () => 200);
    const processor = judge({ ms: times(1000, () => 10), kind: 'cpu' }, { telemetry: telemetryRecord(power) });
    expect(processor.metrics.energyPerItemJ.reason).toBe('no energy counter of the processor');
    expect(processor.throttling.share).toBeNull();
    const two = telemetryRecord([...power, ...power.map((reading) => ({ ...reading, device: 'GPU-2' }))]);
    expect(judge({ ms: times(1000, () => 10) }, { telemetry: two }).metrics.energyPerItemJ.reason).toMatch(
      /^several GPUs/,
    );
    const named = judge({ ms: times(1000, () => 10) }, { telemetry: two, device: 'GPU-2' });
    expect(named.metrics.energyPerItemJ.value).toBeCloseTo(2, 9);
    expect(named.readings.filter(({ name }) => name === 'power_w@GPU-1').length).toBe(power.length);
  });

  it('lies on the clock of the samples, and nowhere where that clock is not in nanoseconds', () => {
    const run = judge({ ms: times(100, () => 10) }, { telemetry: telemetryRecord([readingAt(at(0.5), 'power_w', 3)]) });
    const [first] = run.samples.filter(({ phase }) => phase === 'measure');
    expect((run.readings[0]!.tNs! - first!.startNs!) / 1e9).toBeCloseTo(0.5, 4);
    expect(run.phases.find(({ name }) => name === 'compile')).toMatchObject({
      from: expect.closeTo(1e9, -6),
      to: expect.closeTo(2e9, -6),
    });
    const evidence = evidenceOf(
      { ms: times(100, () => 10) },
      { telemetry: telemetryRecord(polls('power_w', () => 1)) },
    );
    const wrong = judgeRun({ ...evidence, startedNs: evidence.startedNs + 60e9, endedNs: evidence.endedNs + 60e9 });
    expect(wrong.metrics.energyPerItemJ.value).toBeNull();
    expect(wrong.notes!.join()).toContain("clock cannot be brought to the telemetry's");
  });

  it('that was lost is said', () => {
    const record = telemetryRecord([]);
    record.sources.push({
      tool: 'nvidia-smi',
      state: 'lost',
      polls: 3,
      reason: 'no answer within 5000 ms',
      lostAtNs: 1,
    });
    const run = judge({ ms: times(100, () => 10) }, { telemetry: record });
    expect(run.notes).toContain('telemetry lost: nvidia-smi, no answer within 5000 ms');
  });
});

describe('a run is invalid', () => {
  const ms = times(10, () => 10);
  it.each<[string, StreamDraft, Partial<RunEvidence>, string[]]>([
    [
      'by its end',
      { ms, ending: [] },
      { end: { how: 'signal', signal: 'SIGKILL' } },
      ['the runner was killed (SIGKILL), as the system does when memory runs out'],
    ],
    [
      'when cancelled',
      { ms, ending: [] },
      { end: { how: 'cancelled' } },
      ['cancelled, what was measured until then is kept'],
    ],
    [
      'past its limit',
      { ms, ending: [] },
      { end: { how: 'time-out', limitMs: 90_000 } },
      ['no end within 1\u202fmin 30\u202fs, the runner was ended'],
    ],
    ['without done', { ms, ending: [] }, {}, ['the stream ends without done: the runner died or was cut off']],
    ['by its code', { ms }, { end: { how: 'exit', code: 3 } }, ['the runner ended with code 3']],
    [
      'by its own word, once',
      { ms, ending: [{ type: 'error', code: 'out-of-memory', message: '9 GiB' }] },
      { end: { how: 'exit', code: 1 } },
      ['out-of-memory: 9 GiB'],
    ],
    [
      'without an output',
      { ms, outputs: [] },
      {},
      ['the runner printed no output line: nothing shows what it computed'],
    ],
    ['with two outputs', { ms, outputs: ['a', 'b'] }, {}, ['wrong output: its digest changed within the run']],
    [
      'with a wrong output',
      { ms },
      { expected: { required: true, digest: 'sha256:b' } },
      ['wrong output: sha256:a instead of sha256:b'],
    ],
    ['without samples', { ms: [] }, {}, ['no sample was measured']],
    [
      'with another batch',
      { ms },
      { declared: [{ name: 'batch', declared: 8, executed: 4, equal: false }] },
      ['methodology mismatch: 8 batch declared, 4 executed'],
    ],
  ])('%s', (_name, draft, more, reasons) => {
    const run = judge(draft, more);
    expect(run.invalidReasons).toEqual(reasons);
    expect(run.valid).toBe(false);
    expect(run.samples.filter(({ phase }) => phase === 'measure')).toHaveLength(draft.ms.length);
  });

  it('not by a software adapter, nor by a command without an output: both are said', () => {
    expect(judge({ ms, kind: 'software' })).toMatchObject({ valid: true, executor: { kind: 'software' } });
    expect(judge({ ms, kind: 'software' }).notes).toContain('software adapter: a processor plays the GPU');
    const command = judge({ ms, outputs: [] }, { expected: { required: false, digest: null } });
    expect(command.valid).toBe(true);
    expect(command.notes).toContain('the output was not checked: the runner printed no digest');
  });
});

describe('whatever was measured', () => {
  it('every sample is kept once, counted or excluded by a rule, and numbers are those of the counted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { maxLength: 120 }),
        fc.array(fc.tuple(fc.nat(4000), fc.constantFrom(0, 4, 8, 0x20, 0x40, 0x80)), { maxLength: 20 }),
        (ms, masks) => {
          const readings = masks
            .sort(([a], [b]) => a - b)
            .map(([millis, mask]) => readingAt(5e12 + 2e9 + millis * 1e6, 'clock_event_reasons', mask));
          const run = judge({ ms }, { telemetry: telemetryRecord(readings) });
          const measured = run.samples.filter(({ phase }) => phase === 'measure');
          expect(measured.map(({ durationNs }) => durationNs)).toEqual(ms.map((each) => each * 1e6));
          const excluded = measured.filter(({ excluded: rule }) => rule !== null).length;
          expect(run.exclusions!.reduce((sum, { samples }) => sum + samples, 0)).toBe(excluded);
          expect(run.metrics.throughput.n).toBe(ms.length - excluded);
          if (run.metrics.throughput.value !== null) {
            const ns = kept(run).reduce((sum, { durationNs }) => sum + durationNs, 0);
            expect(run.metrics.throughput.value).toBeCloseTo(((ms.length - excluded) / ns) * 1e9, 6);
          }
          if (run.steadyState.reached === false) {
            expect(run.exclusions!.some(({ rule }) => rule === 'before the steady state')).toBe(false);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
