import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCORE, SCORE_BINS } from '../../../../../src/main/accuracy/metrics/statistics.ts';
import { reliabilityOf } from '../../../../../src/main/accuracy/scores/reliability.ts';
import { ece, type ScoreBin } from '../../../../../src/main/statistics/calibration.ts';

const dataset = (task: 'binary' | 'multiclass' | 'regression', hasScores = true) =>
  ({ spec: { task }, hasScores }) as Parameters<typeof reliabilityOf>[0];

/** Statistics of rows of (score, outcome), all of one day. */
const statisticsOf = (rows: readonly { score: number; right: boolean }[], weight = 1) => {
  const day = new Float64Array(SCORE.length);
  for (const { score, right } of rows) {
    const at = SCORE.bins + 3 * Math.min(SCORE_BINS - 1, Math.floor(score * SCORE_BINS));
    day[at] = (day[at] as number) + weight;
    day[at + 1] = (day[at + 1] as number) + weight * score;
    day[at + 2] = (day[at + 2] as number) + (right ? weight : 0);
  }
  return { scores: [day], weight: rows.length * weight, weightSquared: rows.length * weight * weight };
};

describe('reliability', () => {
  it('puts the mean score beside the observed share, with its Wilson interval', () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({ score: 0.72, right: i < 7 }));
    const { of, bins, reason } = reliabilityOf(dataset('binary'), statisticsOf(rows), statisticsOf([]), 0.95);
    expect({ of, reason }).toEqual({ of: 'score of the positive class', reason: null });
    expect(bins).toHaveLength(1);
    expect(bins?.[0]).toMatchObject({ from: 0.7, to: 0.75, current: { n: 0, meanScore: null } });
    expect(bins?.[0]?.reference.meanScore).toBeCloseTo(0.72, 12);
    // Wilson (1927) for 7 of 10, worked out by hand from the closed form.
    expect(bins?.[0]?.reference.observed).toMatchObject({ value: 0.7, n: 10 });
    expect(bins?.[0]?.reference.observed.low).toBeCloseTo(0.3967781, 6);
    expect(bins?.[0]?.reference.observed.high).toBeCloseTo(0.8922087, 6);
    expect(bins?.[0]?.current.observed).toMatchObject({ value: null, reason: 'no rows' });
  });

  it('widens the interval of rows that count less than fully', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ score: 0.5, right: i % 2 === 0 }));
    const uneven = { ...statisticsOf(rows), weightSquared: 80 };
    const [even] = reliabilityOf(dataset('binary'), statisticsOf(rows), undefined, 0.95).bins ?? [];
    const [wide] = reliabilityOf(dataset('binary'), uneven, undefined, 0.95).bins ?? [];
    expect(wide?.reference.n).toBe(40);
    expect(wide?.reference.observed.low).toBeLessThan(even?.reference.observed.low as number);
  });

  it('says why there is none', () => {
    const rows = statisticsOf([{ score: 0.5, right: true }]);
    expect(reliabilityOf(dataset('regression'), rows, rows, 0.95)).toMatchObject({
      bins: null,
      reason: 'a regression has no score to be reliable',
    });
    expect(reliabilityOf(dataset('binary', false), rows, rows, 0.95).reason).toBe('the predictions have no score');
    const none = { scores: null, weight: 0, weightSquared: 0 };
    expect(reliabilityOf(dataset('binary'), none, undefined, 0.95).reason).toBe('no usable scores on labelled rows');
  });

  it('adds up to the printed calibration error, and keeps every row', () => {
    const row = fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 200 }), (rows) => {
        const { bins } = reliabilityOf(dataset('multiclass'), statisticsOf(rows), undefined, 0.95);
        const tenths = new Map<number, ScoreBin>();
        for (const { from, reference } of bins ?? []) {
          const tenth = Math.floor(from * 10 + 1e-9);
          const one = tenths.get(tenth) ?? { n: 0, sumScore: 0, sumPositive: 0 };
          tenths.set(tenth, {
            n: one.n + reference.n,
            sumScore: one.sumScore + reference.n * (reference.meanScore ?? 0),
            sumPositive: one.sumPositive + reference.n * (reference.observed.value ?? 0),
          });
          expect(reference.meanScore).toBeGreaterThanOrEqual(from - 1e-9);
          expect(reference.meanScore).toBeLessThanOrEqual((from + 0.05) * (1 + 1e-9));
        }
        const direct = new Map<number, ScoreBin>();
        for (const { score, right } of rows) {
          const fine = Math.min(SCORE_BINS - 1, Math.floor(score * SCORE_BINS));
          const tenth = Math.floor(fine / 10);
          const one = direct.get(tenth) ?? { n: 0, sumScore: 0, sumPositive: 0 };
          direct.set(tenth, {
            n: one.n + 1,
            sumScore: one.sumScore + score,
            sumPositive: one.sumPositive + Number(right),
          });
        }
        expect(ece([...tenths.values()]).value).toBeCloseTo(ece([...direct.values()]).value as number, 9);
        expect((bins ?? []).reduce((sum, bin) => sum + bin.reference.n, 0)).toBe(rows.length);
      }),
    );
  });
});
