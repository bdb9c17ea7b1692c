import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cycleArgument } from '../../../../src/main/statistics/cycle-space.ts';
import { fiellerRatio } from '../../../../src/main/statistics/fieller.ts';
import type { LogChange } from '../../../../src/main/statistics/run-comparison.ts';
import { runVerdict, secondaryVerdicts } from '../../../../src/main/statistics/run-verdict.ts';

/** Eight runs a side, spread 2 %. */
function change(value: number, arm = 0.02): LogChange {
  return {
    ...{ baseline: 8, candidate: 8, value, standardError: arm / 2.145, degrees: 14, spread: 2 * (arm / 2.145) },
    ...{ low: value - arm, high: value + arm, level: 0.95, provisional: false },
    method: 'wider-of-welch-and-bootstrap-t@1',
  };
}
const times = { delta: 0.03, direction: 'lower-is-better' } as const;
const rates = { delta: 0.03, direction: 'higher-is-better' } as const;

describe('verdict on runs', () => {
  it.each([
    [0.06, 'regression', 'improvement'],
    [-0.06, 'improvement', 'regression'],
    [0.005, 'no change', 'no change'],
    [0.03, 'inconclusive', 'inconclusive'],
    [0.015, 'inconclusive', 'inconclusive'],
  ] as const)('of a log change of %d is %s for times and %s for rates', (value, forTimes, forRates) => {
    expect(runVerdict(change(value), times).verdict).toBe(forTimes);
    expect(runVerdict(change(value), rates).verdict).toBe(forRates);
  });

  it('has the band on the ratio: 1.03 upwards is ln 1.03, 0.97 downwards is ln 0.97', () => {
    expect(runVerdict(change(0.0297 + 0.02), times).verdict).toBe('regression');
    expect(runVerdict(change(-0.0297 - 0.02), times).verdict).toBe('inconclusive');
    expect(runVerdict(change(-0.0306 - 0.02), times).verdict).toBe('improvement');
  });

  it('says how many runs would decide', () => {
    const { verdict, missing } = runVerdict(change(0.015), times);
    expect(verdict).toBe('inconclusive');
    expect(missing?.runsPerSide).toBeGreaterThan(8);
    expect(missing?.reason).toBe('the interval reaches over the edge of the tolerance');
    expect(runVerdict(null, times)).toMatchObject({
      verdict: 'inconclusive',
      provisional: true,
      missing: { runsPerSide: null },
    });
  });

  it('is inconclusive inside the noise floor, but no change stays no change', () => {
    expect(runVerdict(change(0.06), { ...times, noiseFloor: 0.08 })).toMatchObject({
      verdict: 'inconclusive',
      missing: { reason: 'within the noise floor of this executor: 0.08' },
    });
    expect(runVerdict(change(0.06), { ...times, noiseFloor: 0.05 }).verdict).toBe('regression');
    expect(runVerdict(change(0), { ...times, noiseFloor: 0.05 }).verdict).toBe('no change');
  });

  it('of many secondary metrics needs more than that of one', () => {
    const marginal = { change: change(0.0515), band: times };
    const clear = { change: change(0.2), band: times };
    const nothing = { change: change(0), band: times };
    expect(secondaryVerdicts([marginal]).map((one) => one.verdict)).toEqual(['regression']);
    const among = secondaryVerdicts([marginal, clear, ...new Array(8).fill(nothing)]);
    expect(among.map((one) => one.verdict)).toEqual(['inconclusive', 'regression', ...new Array(8).fill('no change')]);
    expect(among[0]?.missing?.reason).toContain('one of 10 metrics');
  });
});

describe('ratio of means', () => {
  it('holds the ratio, mirrors on swapping, and is refused where the denominator may be 0', () => {
    const values = fc.array(fc.double({ min: 5, max: 6, noNaN: true }), { minLength: 4, maxLength: 9 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const there = fiellerRatio(a, b);
        const back = fiellerRatio(b, a);
        expect(there.low).toBeLessThanOrEqual(there.value as number);
        expect(there.high).toBeGreaterThanOrEqual(there.value as number);
        expect(1 / (back.value as number)).toBeCloseTo(there.value as number, 10);
        // The set of ratios that are not rejected is the same from both sides.
        expect(1 / (back.high as number)).toBeCloseTo(there.low as number, 8);
      }),
    );
    expect(fiellerRatio([1, 2, 3], [-1, 1.5, 0.2])).toMatchObject({
      low: null,
      reason: 'denominator is not told from 0',
    });
    expect(fiellerRatio([1], [1, 2])).toMatchObject({ value: null, reason: 'fewer than 2 values: 1' });
  });
});

describe('cycle space', () => {
  it.each([
    [0.8, 1.25, 'frequency'],
    [1, 1.25, 'cycles'],
    [0.9, 1.25, 'both'],
    [1, 1.01, 'neither'],
    [0.9, 1, 'frequency'],
  ] as const)('clock x %d and time x %d is %s', (clock, time, kind) => {
    const argument = cycleArgument(clock, time);
    expect(argument.kind).toBe(kind);
    expect(argument.cycles).toBeCloseTo(clock * time, 12);
  });

  it('has no answer without a clock', () => {
    expect(() => cycleArgument(0, 1)).toThrow('not a positive ratio: 0, 1');
  });
});
