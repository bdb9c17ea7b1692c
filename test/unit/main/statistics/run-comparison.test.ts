import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/main/statistics/random.ts';
import { compareRuns, type LogChange, ratioOf } from '../../../../src/main/statistics/run-comparison.ts';
import {
  noiseFloor,
  runsNeeded,
  runsToDecide,
  sessionDeviations,
} from '../../../../src/main/statistics/run-planning.ts';

const compare = (baseline: number[], candidate: number[]): LogChange | null =>
  compareRuns(baseline, candidate, { random: createRandom(7) });

const times = fc.array(fc.double({ min: 1, max: 1.3, noNaN: true }), { minLength: 2, maxLength: 9 });

describe('comparison of runs', () => {
  it('does not depend on the unit, and turns round when the sides are swapped', () => {
    fc.assert(
      fc.property(times, times, (baseline, candidate) => {
        const there = compare(baseline, candidate) as LogChange;
        const scaled = compare(
          baseline.map((value) => 1000 * value),
          candidate.map((value) => 1000 * value),
        ) as LogChange;
        const back = compare(candidate, baseline) as LogChange;
        expect(scaled.value).toBeCloseTo(there.value, 9);
        expect(scaled.standardError).toBeCloseTo(there.standardError, 9);
        expect(back.value).toBeCloseTo(-there.value, 9);
        expect(back.degrees).toBeCloseTo(there.degrees, 6);
        expect(there.low).toBeLessThanOrEqual(there.value);
        expect(there.high).toBeGreaterThanOrEqual(there.value);
      }),
      { numRuns: 40 },
    );
  });

  it('is never narrower than Welch, wider where runs are skewed, and the same for the same seed', () => {
    const random = createRandom(71);
    const draw = (n: number) => Array.from({ length: n }, () => Math.exp(0.02 * random.normal() ** 2));
    let widened = 0;
    for (let i = 0; i < 20; i++) {
      const [baseline, candidate] = [draw(6), draw(8)];
      const change = compare(baseline, candidate) as LogChange;
      // t of 95 % is at least 1.96 whatever the degrees.
      expect(change.value - change.low).toBeGreaterThan(1.96 * change.standardError);
      expect(change.high - change.value).toBeGreaterThan(1.96 * change.standardError);
      if (Math.abs(change.low + change.high - 2 * change.value) > 1e-9) widened += 1;
      expect(compare(baseline, candidate)).toEqual(change);
    }
    expect(widened).toBeGreaterThan(10);
  });

  it('is Welch alone and provisional below five runs a side, and nothing below two', () => {
    const five = [10, 10.1, 9.9, 10.2, 10.05];
    expect(compare(five, five.slice(1))).toMatchObject({ method: 'welch-log@1', provisional: true, candidate: 4 });
    expect(compare(five, five)).toMatchObject({
      method: 'wider-of-welch-and-bootstrap-t@1',
      provisional: false,
      value: 0,
    });
    expect(compare([10], five)).toBeNull();
    expect(() => compare([10, 0], five)).toThrow('not a positive number of a run: 0');
  });

  it('does not resample runs that are nearly all the same number', () => {
    const change = compare([10, 10, 10, 10, 10, 11], [10, 10, 10, 10, 10, 12]);
    expect(change).toMatchObject({ method: 'welch-log@1', provisional: true });
    const equal = compare([10, 10, 10, 10, 10], [11, 11, 11, 11, 11]) as LogChange;
    expect(equal).toMatchObject({ standardError: 0, provisional: true });
    expect(ratioOf(equal)).toMatchObject({ value: expect.closeTo(1.1, 12), n: 5 });
  });
});

describe('planning of runs', () => {
  it('needs more runs for more spread and for a smaller gap', () => {
    const spread = fc.double({ min: 0.001, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(spread, fc.double({ min: 0.005, max: 0.2, noNaN: true }), (s, gap) => {
        const runs = runsNeeded(s, gap) as number;
        expect(runs).toBeGreaterThanOrEqual(2);
        expect(runsNeeded(1.5 * s, gap) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(runs);
        expect(runsNeeded(s, 1.5 * gap)).toBeLessThanOrEqual(runs);
      }),
    );
    expect(runsNeeded(0.1, 0)).toBeNull();
    expect(runsNeeded(10, 0.001)).toBeNull();
  });

  it('names runs that decide about four times in five', () => {
    const random = createRandom(74);
    const first = { value: 0.01, spread: 0.02, baseline: 40, candidate: 40, level: 0.95 } as LogChange;
    const runs = runsToDecide(first, 0.03) as number;
    expect(runs).toBeGreaterThan(10);
    let decided = 0;
    for (let i = 0; i < 200; i++) {
      const side = (shift: number) => Array.from({ length: runs }, () => Math.exp(shift + 0.02 * random.normal()));
      const change = compareRuns(side(0), side(0.01), { random, replicates: 500 }) as LogChange;
      if (Math.expm1(change.high) < 0.03 && Math.expm1(change.low) > -0.03) decided += 1;
    }
    expect(decided).toBeGreaterThan(150);
    expect(runsToDecide({ ...first, value: Math.log(1.03) }, 0.03)).toBeNull();
  });

  it('has deviations that do not depend on the level and keep a slow run whole', () => {
    const logs = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(logs, fc.double({ min: -5, max: 5, noNaN: true }), (session, level) => {
        const moved = sessionDeviations(session.map((log) => log + level));
        sessionDeviations(session).forEach((deviation, i) => {
          expect(moved[i]).toBeCloseTo(deviation, 9);
        });
      }),
    );
    expect(sessionDeviations([0, 0, 0, 0, 0.3])[4]).toBeGreaterThan(0.3);
    expect(sessionDeviations([1])).toEqual([]);
  });

  it('has a noise floor from eight sessions on', () => {
    expect(noiseFloor([0.01, -0.02, 0, 0, 0, 0, 0])).toEqual({ value: null, reason: 'fewer than 8 sessions: 7' });
    expect(noiseFloor([0.01, -0.02, 0, 0, 0, 0, 0, 0]).value).toBeCloseTo(0.0165, 12);
  });
});
