import { describe, expect, it } from 'vitest';
import { poolThin, splitOf } from '../../../../../src/main/accuracy/explanation/split.ts';
import type { RowValue } from '../../../../../src/main/accuracy/row-value.ts';

const accuracy: RowValue = { name: 'accuracy', sql: 'x', scale: 1, better: 'higher', proportion: true };
const day = (n: number[], rate: number[]) => ({ n, k: n.map((count, g) => count * (rate[g] as number)) });
const days = (count: number, n: number[], rate: number[]) => Array.from({ length: count }, () => day(n, rate));

describe('thin groups', () => {
  it('become one, and their share is told', () => {
    const fine = { reference: days(10, [100, 3, 4], [0.9, 0.5, 0.5]), current: days(10, [100, 2, 5], [0.9, 0.5, 0.5]) };
    const { days: pooled, pooled: share } = poolThin(fine);
    expect(share).toBeCloseTo(7 / 107, 12);
    expect(Array.from(pooled.reference[0]?.n ?? [])).toEqual([100, 7, 0]);
    expect(Array.from(pooled.current[0]?.n ?? [])).toEqual([100, 7, 0]);
  });
});

describe('a partition', () => {
  it('that moved its shares only is all mix', () => {
    const split = splitOf(
      ['tier'],
      { reference: days(20, [80, 20], [0.95, 0.75]), current: days(20, [50, 50], [0.95, 0.75]) },
      accuracy,
      0.95,
    );
    expect(split.admissible).toBe(true);
    expect(split.mix.value).toBeCloseTo(-0.06, 12);
    expect(split.relation.value).toBeCloseTo(0, 12);
  });

  it('with groups on one side only, or mostly thin ones, may not speak and has no interval', () => {
    const unseen = splitOf(
      ['version'],
      { reference: days(20, [90, 10, 0], [0.9, 0.9, 0.9]), current: days(20, [90, 0, 10], [0.9, 0.9, 0.5]) },
      accuracy,
      0.95,
    );
    expect(unseen).toMatchObject({ admissible: false, reason: '10.0 % of rows are in groups seen on one side only' });
    expect(unseen.mix).toMatchObject({ low: null, high: null });
    const thin = splitOf(
      ['id'],
      { reference: days(5, [9, 9, 9, 9], [1, 1, 1, 1]), current: days(5, [9, 9, 9, 9], [1, 1, 1, 1]) },
      accuracy,
      0.95,
    );
    expect(thin).toMatchObject({ admissible: false, reason: '100.0 % of rows are in groups of fewer than 100 rows' });
  });

  it('of a window without rows is unknown', () => {
    const { admissible, mix } = splitOf(['a'], { reference: [], current: days(3, [5], [1]) }, accuracy, 0.95);
    expect(admissible).toBe(false);
    expect(mix).toMatchObject({ value: null, reason: 'a window has no labelled rows' });
  });
});
