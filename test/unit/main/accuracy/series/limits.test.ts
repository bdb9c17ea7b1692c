import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricNamed } from '../../../../../src/main/accuracy/metrics/catalogue.ts';
import { limitsOf, standing } from '../../../../../src/main/accuracy/series/limits.ts';
import type { Estimate } from '../../../../../src/shared/model/estimate.ts';

const accuracy = metricNamed('binary', 'accuracy');
const loss = metricNamed('binary', 'log_loss');
const estimate = (value: number | null, half: number | null = null): Estimate => ({
  value,
  low: value === null || half === null ? null : value - half,
  high: value === null || half === null ? null : value + half,
  level: 0.95,
  n: 100,
  method: 'test@1',
});

describe('limits', () => {
  it('are the mean and three population deviations of the reference chunks', () => {
    const limits = limitsOf(
      loss,
      [1, 2, 3, 4].map((value) => estimate(value)),
    );
    expect(limits.low).toBeCloseTo(2.5 - 3 * Math.sqrt(1.25), 12);
    expect(limits.high).toBeCloseTo(2.5 + 3 * Math.sqrt(1.25), 12);
    expect(limits.method).toContain('4 reference chunks');
  });

  it('stay inside the range of the metric', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 30 }), (values) => {
        const { low, high } = limitsOf(
          accuracy,
          values.map((value) => estimate(value)),
        );
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low ?? 1).toBeLessThanOrEqual(Math.min(1, values.reduce((a, b) => a + b, 0) / values.length + 1e-12));
      }),
    );
  });

  it('are absent with fewer than three known chunks', () => {
    expect(limitsOf(accuracy, [estimate(0.9), estimate(null), estimate(0.8)])).toMatchObject({ low: null, high: null });
  });
});

describe('standing', () => {
  const limits = { low: 0.8, high: 0.9, method: 'given' };
  it.each([
    ['inside', accuracy, estimate(0.85, 0.01)],
    ['doubtful', accuracy, estimate(0.79, 0.02)],
    ['beyond', accuracy, estimate(0.77, 0.02)],
    ['beyond', accuracy, estimate(0.79)],
    ['inside', accuracy, estimate(0.99, 0.001)],
    ['beyond', loss, estimate(0.95, 0.01)],
    ['inside', loss, estimate(0.5, 0.01)],
    ['beyond', metricNamed('binary', 'calibration_slope'), estimate(0.5, 0.01)],
    ['beyond', metricNamed('binary', 'calibration_slope'), estimate(1.5, 0.01)],
    ['unknown', accuracy, estimate(null)],
  ] as const)('is %s', (expected, metric, one) => {
    expect(standing(metric, one, limits)).toBe(expected);
  });

  it('is unknown without limits', () => {
    expect(standing(accuracy, estimate(0.1, 0.01), { low: null, high: null, method: 'none' })).toBe('unknown');
  });
});
