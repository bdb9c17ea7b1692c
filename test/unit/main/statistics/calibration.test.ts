import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brier,
  calibrateIfBetter,
  calibrationLine,
  ece,
  equalCountBins,
  isotonic,
  logLoss,
  logScore,
  murphy,
  scoresFromCounts,
} from '../../../../src/main/statistics/calibration.ts';
import { createRandom } from '../../../../src/main/statistics/random.ts';

const counts = fc
  .array(fc.record({ positives: fc.integer({ min: 0, max: 40 }), negatives: fc.integer({ min: 0, max: 40 }) }), {
    minLength: 3,
    maxLength: 60,
  })
  .filter((rows) => rows.some((r) => r.positives + r.negatives > 0))
  .map((rows) => ({
    score: rows.map((_, i) => (i + 0.5) / rows.length),
    positives: rows.map((r) => r.positives),
    negatives: rows.map((r) => r.negatives),
  }));

const binsOf = ({ score, positives, negatives }: { score: number[]; positives: number[]; negatives: number[] }) =>
  score.map((s, i) => {
    const n = (positives[i] as number) + (negatives[i] as number);
    return { n, sumScore: n * s, sumPositive: positives[i] as number };
  });

/** Labels of 400 rows on each of 50 scores, positive with the probability `truth` gives; one fold per call. */
function fold(seed: number, truth: (score: number) => number) {
  const random = createRandom(seed);
  const score = Array.from({ length: 50 }, (_, i) => (i + 0.5) / 50);
  const positives = score.map((s) => random.binomial(400, truth(s)));
  return { score, positives, negatives: positives.map((k) => 400 - k) };
}

describe('calibration', () => {
  it('splits the Brier score of distinct scores exactly (Murphy)', () => {
    fc.assert(
      fc.property(counts, (rows) => {
        const parts = murphy(binsOf(rows));
        const whole = scoresFromCounts(rows.score, rows.positives, rows.negatives).brier.value as number;
        expect(parts?.binnedBrier).toBeCloseTo(whole, 12);
        expect(parts?.reliability).toBeGreaterThanOrEqual(0);
        expect(parts?.resolution).toBeLessThanOrEqual((parts?.uncertainty ?? 0) + 1e-12);
      }),
    );
  });

  it('merges fine bins without losing rows, and merging never raises the error', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 15 }), (rows, count) => {
        const fine = binsOf(rows);
        const merged = equalCountBins(fine, count);
        const total = (bins: { n: number }[]) => bins.reduce((sum, bin) => sum + bin.n, 0);
        expect(total(merged)).toBe(total(fine));
        expect(merged.length).toBeLessThanOrEqual(count);
        expect(ece(merged).value as number).toBeLessThanOrEqual((ece(fine).value as number) + 1e-12);
      }),
    );
  });

  it('clips certainty before the logarithm and is null without rows', () => {
    expect(logScore(0)).toBe(Math.log(2 ** -52));
    expect(scoresFromCounts([0], [1], [0]).logLoss.value).toBeCloseTo(36.04365338911715, 10);
    for (const none of [brier({ n: 0, sumSquaredError: 0 }), logLoss({ n: 0, sumLogLoss: 0 }), ece([])]) {
      expect(none).toEqual({ value: null, reason: 'no labelled rows' });
    }
    expect(murphy([])).toBeNull();
  });

  it('recovers a known slope and intercept', () => {
    const rows = fold(3, (s) => 1 / (1 + Math.exp(-(0.6 * Math.log(s / (1 - s)) - 0.4))));
    const { slope, intercept } = calibrationLine(binsOf(rows));
    expect(slope.low).toBeLessThan(0.6);
    expect(slope.high).toBeGreaterThan(0.6);
    expect(intercept.low).toBeLessThan(-0.4);
    expect(intercept.high).toBeGreaterThan(-0.4);
    expect((slope.high as number) - (slope.low as number)).toBeLessThan(0.1);
  });

  it.each([
    ['only one class among the labels', [5, 5], [0, 0]],
    ['labels are separated by the score', [0, 5], [5, 0]],
    ['no labelled rows', [0, 0], [0, 0]],
  ])('has no line when %s', (reason, positives, negatives) => {
    const { slope } = calibrationLine(binsOf({ score: [0.2, 0.8], positives, negatives }));
    expect(slope).toMatchObject({ value: null, reason });
  });
});

describe('isotonic calibration', () => {
  it('never decreases, keeps the mean, and changes nothing that is monotone', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(points, (rows) => {
        const x = rows.map(([value]) => value);
        const y = rows.map(([, value]) => value);
        const w = rows.map((_, i) => 1 + (i % 3));
        const fitted = isotonic(x, y, w);
        const at = [...x].sort((a, b) => a - b).map((value) => fitted?.predict(value) as number);
        at.forEach((value, i) => {
          if (i > 0) expect(value).toBeGreaterThanOrEqual((at[i - 1] as number) - 1e-12);
        });
        const mean = (values: number[]) => values.reduce((sum, value, i) => sum + value * (w[i] as number), 0);
        expect(mean(x.map((value) => fitted?.predict(value) as number))).toBeCloseTo(mean(y), 9);
      }),
    );
    const line = isotonic([1, 2, 3], [0.1, 0.4, 0.5], [1, 1, 1]);
    expect([0, 1, 1.5, 3, 9].map((x) => line?.predict(x))).toEqual([0.1, 0.1, 0.25, 0.5, 0.5]);
    expect(isotonic([1], [1], [0])).toBeNull();
  });

  it('is used only where it lowers the held-out error', () => {
    const distorted = calibrateIfBetter(Array.from({ length: 10 }, (_, i) => fold(i, (s) => s * s)));
    expect(distorted.method).toBe('isotonic@1');
    expect(distorted.eceCalibrated as number).toBeLessThan((distorted.eceRaw as number) / 3);
    expect(Math.abs(distorted.calibrator.predict(0.5) - 0.25)).toBeLessThan(0.03);
    const honest = Array.from({ length: 12 }, (_, run) =>
      calibrateIfBetter(Array.from({ length: 10 }, (_, i) => fold(100 * run + i, (s) => s))),
    );
    const kept = honest.filter((choice) => choice.method === 'identity@1');
    expect(kept.length).toBeGreaterThan(6);
    expect(kept[0]?.calibrator.predict(0.3)).toBe(0.3);
    expect(calibrateIfBetter([]).reason).toBe('fewer than two folds');
  });
});
