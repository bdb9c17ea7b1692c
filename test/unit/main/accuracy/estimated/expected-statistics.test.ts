import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedBinary, expectedRight } from '../../../../../src/main/accuracy/estimated/expected-statistics.ts';
import { metricNamed } from '../../../../../src/main/accuracy/metrics/catalogue.ts';
import { metricDraws } from '../../../../../src/main/accuracy/metrics/definition.ts';
import { SCORE } from '../../../../../src/main/accuracy/metrics/statistics.ts';
import { createRandom } from '../../../../../src/main/statistics/random.ts';

const context = { level: 0.95, draws: metricDraws(createRandom(1)) };
const value = (name: string, statistics: ReturnType<typeof expectedBinary>) =>
  metricNamed('binary', name).estimate(statistics, context).value;

const bins = fc.array(
  fc.record({
    off: fc.integer({ min: 0, max: 20 }),
    on: fc.integer({ min: 0, max: 20 }),
    p: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  }),
  { minLength: 2, maxLength: 12 },
);
const layout = (given: { off: number; on: number; p: number }[]) => ({
  scores: Float64Array.from(given, (_, i) => (i + 1) / (given.length + 1)),
  counts: [Float64Array.from(given, ({ off }) => off), Float64Array.from(given, ({ on }) => on)] as [
    Float64Array,
    Float64Array,
  ],
  p: Float64Array.from(given, (one) => one.p),
});

describe('expected statistics of a binary task', () => {
  it('give the confusion matrix that the probabilities promise', () => {
    const statistics = expectedBinary(
      Float64Array.of(0.2, 0.8),
      [Float64Array.of(60, 0), Float64Array.of(0, 40)],
      Float64Array.of(0.1, 0.75),
    );
    // 54 true negatives, 6 false negatives, 30 true positives, 10 false positives.
    expect(value('accuracy', statistics)).toBeCloseTo(0.84, 12);
    expect(value('precision', statistics)).toBeCloseTo(30 / 40, 12);
    expect(value('recall', statistics)).toBeCloseTo(30 / 36, 12);
    expect(value('f1', statistics)).toBeCloseTo(60 / 76, 12);
    expect(value('brier', statistics)).toBeCloseTo(
      (60 * (0.1 * 0.64 + 0.9 * 0.04) + 40 * (0.75 * 0.04 + 0.25 * 0.64)) / 100,
      12,
    );
    // Pairs of a positive above a negative, ties half.
    expect(value('roc_auc', statistics)).toBeCloseTo((30 * 54 + 0.5 * (6 * 54 + 30 * 10)) / (36 * 64), 12);
  });

  it('rank as every pair of rows would', () => {
    fc.assert(
      fc.property(bins, (given) => {
        fc.pre(given.reduce((sum, { off, on }) => sum + off + on, 0) > 0);
        const { scores, counts, p } = layout(given);
        let above = 0;
        let pairs = 0;
        given.forEach((a, i) => {
          given.forEach((b, j) => {
            const weight = (a.off + a.on) * (p[i] as number) * (b.off + b.on) * (1 - (p[j] as number));
            pairs += weight;
            above += weight * (i > j ? 1 : i === j ? 0.5 : 0);
          });
        });
        expect(value('roc_auc', expectedBinary(scores, counts, p))).toBeCloseTo(above / pairs, 9);
      }),
    );
  });

  it('keep every row once', () => {
    fc.assert(
      fc.property(bins, (given) => {
        const { scores, counts, p } = layout(given);
        const statistics = expectedBinary(scores, counts, p);
        const n = given.reduce((sum, { off, on }) => sum + off + on, 0);
        const margins = statistics.margins?.[0] ?? new Float64Array(6);
        expect((margins[2] as number) + (margins[3] as number)).toBeCloseTo(n, 9);
        expect((margins[4] as number) + (margins[5] as number)).toBe(n);
        expect(statistics.scores?.[0]?.[SCORE.n]).toBe(n);
      }),
    );
  });
});

describe('expected statistics of several classes', () => {
  it('give the accuracy that the probabilities promise', () => {
    const statistics = expectedRight(Float64Array.of(10, 30), Float64Array.of(0.5, 0.9));
    expect(metricNamed('multiclass', 'accuracy').estimate(statistics, context).value).toBeCloseTo(0.8, 12);
  });
});
