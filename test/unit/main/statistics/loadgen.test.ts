import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  earlyStoppingLatency,
  earlyStoppingQueries,
  mlperfQueryCount,
} from '../../../../src/main/statistics/loadgen.ts';

describe('counts of MLPerf inference', () => {
  // Table of query requirements in the MLPerf inference rules.
  it.each([
    [0.9, 24_576],
    [0.95, 57_344],
    [0.97, 90_112],
    [0.99, 270_336],
  ])('p%d asks for %d queries', (p, queries) => {
    expect(mlperfQueryCount(p)).toBe(queries);
  });

  // "Need to process at least ... queries for early stopping", as LoadGen prints it.
  it('stops early from 64 queries at p90 and 662 at p99', () => {
    expect(earlyStoppingQueries(1, 0.9)).toBe(64);
    expect(earlyStoppingQueries(1, 0.99)).toBe(662);
  });

  it('asks for more queries the more are over, and for at least 1 / (1 - p) each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0.5, max: 0.99, noNaN: true }), (over, p) => {
        const queries = earlyStoppingQueries(over, p);
        expect(earlyStoppingQueries(over + 1, p)).toBeGreaterThan(queries);
        expect(queries).toBeGreaterThan(over / (1 - p));
      }),
    );
  });

  it('estimates by the highest latency at 64 queries and discards it when there are enough', () => {
    const latencies = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect(earlyStoppingLatency(latencies.slice(0, 63), 0.9)).toBeNull();
    expect(earlyStoppingLatency(latencies.slice(0, 64), 0.9)).toBe(200);
    expect(earlyStoppingQueries(10, 0.9)).toBe(197);
    expect(earlyStoppingLatency(latencies, 0.9)).toBe(191);
  });
});
