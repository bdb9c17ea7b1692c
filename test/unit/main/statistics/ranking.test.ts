import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aucDifference, aucFromSums, rankingFromCounts } from '../../../../src/main/statistics/ranking.ts';

const samples = fc
  .array(
    fc.record({
      score: fc.integer({ min: 0, max: 30 }),
      positives: fc.integer({ min: 0, max: 9 }),
      negatives: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 3, maxLength: 40 },
  )
  .filter((rows) => rows.filter((r) => r.positives > 1).length > 1 && rows.filter((r) => r.negatives > 1).length > 1);

const ranking = (rows: { score: number; positives: number; negatives: number }[]) =>
  rankingFromCounts(
    rows.map((r) => r.score),
    rows.map((r) => r.positives),
    rows.map((r) => r.negatives),
  );

describe('ranking', () => {
  it('depends on the order of scores only, and flips with the classes', () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const plain = ranking(rows);
        const stretched = ranking(rows.map((r) => ({ ...r, score: Math.exp(r.score / 3) })));
        expect(stretched.auc.value).toBeCloseTo(plain.auc.value as number, 12);
        expect(stretched.averagePrecision.value).toBeCloseTo(plain.averagePrecision.value as number, 12);
        const flipped = ranking(rows.map((r) => ({ score: r.score, positives: r.negatives, negatives: r.positives })));
        expect(flipped.auc.value).toBeCloseTo(1 - (plain.auc.value as number), 12);
        expect(flipped.auc.variance).toBeCloseTo(plain.auc.variance as number, 12);
      }),
    );
  });

  it('has an interval inside 0..1 around the value', () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const { value, low, high } = ranking(rows).auc as { value: number; low: number; high: number };
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has limits even where the variance vanishes', () => {
    const perfect = rankingFromCounts([0, 1], [0, 30], [50, 0]).auc;
    expect(perfect).toMatchObject({ value: 1, high: 1 });
    expect(perfect.low).toBeCloseTo(0.8865, 4);
  });

  it('is null with a reason for one class, and without interval for one row of a class', () => {
    expect(rankingFromCounts([0, 1], [3, 4], [0, 0]).auc.reason).toBe('no negative labels');
    expect(rankingFromCounts([0, 1], [0, 0], [3, 4]).averagePrecision.reason).toBe('no positive labels');
    const single = rankingFromCounts([0, 1], [0, 1], [3, 4]).auc;
    expect(single.value).toBeCloseTo(3 / 7 + 4 / 14, 12);
    expect(single).toMatchObject({ low: null, high: null });
  });

  it('compares two samples by square-and-add', () => {
    const sums = { positives: 100, negatives: 400, sumV10: 80, sumV10Squared: 68, sumV01Squared: 270 };
    const a = aucFromSums(sums);
    const change = aucDifference(a, a);
    expect(change.value).toBe(0);
    expect(change.low).toBeCloseTo(-(change.high as number), 12);
    expect(change.high).toBeCloseTo(Math.hypot((a.high as number) - 0.8, 0.8 - (a.low as number)), 12);
    expect(aucDifference(a, rankingFromCounts([1], [2], [0]).auc).reason).toBe('reference: no negative labels');
  });
});
