import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeededValues } from '../../../../src/shared/model/webgpu.ts';
import { distinctShape, distinctValues, seededWord } from '../../../../src/shared/workloads/seeded-values.ts';

const values = (part: Partial<SeededValues>): SeededValues => ({
  generator: 'seeded-1',
  seed: 1,
  type: 'f32',
  rows: 4,
  columns: 5,
  rowPeriod: 4,
  columnPeriod: 5,
  ...part,
});

describe('a seeded word', () => {
  it('is what another language computes', () => {
    // The same formula in Python's whole numbers.
    expect([0, 1, 2, 3].map((index) => seededWord(1, index))).toEqual([1492470133, 3529208806, 3405767568, 3831518755]);
    expect([seededWord(0, 0), seededWord(7, 2 ** 31), seededWord(2 ** 32 - 1, 2 ** 32 - 1)]).toEqual([
      0, 4204733422, 4198753130,
    ]);
  });
});

describe('distinct values', () => {
  const bounds = { f32: [-1, 1], f16: [-1, 1], i8: [-128, 128], u32: [0, 2 ** 32] } as const;
  const step = { f32: 2 ** -23, f16: 2 ** -10, i8: 1, u32: 1 } as const;

  it.each(['f32', 'f16', 'i8', 'u32'] as const)('of %s lie on its grid and fill its range', (type) => {
    const made = distinctValues(values({ type, rows: 50, columns: 200, rowPeriod: 50, columnPeriod: 200 }));
    const [low, high] = bounds[type];
    expect(made.every((value) => value >= low && value < high && Number.isInteger(value / step[type]))).toBe(true);
    const mean = made.reduce((a, b) => a + b) / made.length;
    expect(Math.abs(mean - (low + high) / 2)).toBeLessThan((high - low) / 50);
    expect(Math.max(...made) - Math.min(...made)).toBeGreaterThan(0.99 * (high - low));
  });

  it('are as many as the periods leave', () => {
    fc.assert(
      fc.property(
        fc.record({
          rows: fc.integer({ min: 1, max: 20 }),
          columns: fc.integer({ min: 1, max: 20 }),
          rowPeriod: fc.integer({ min: 1, max: 30 }),
          columnPeriod: fc.integer({ min: 1, max: 30 }),
        }),
        (shape) => {
          const [rows, columns] = distinctShape(values(shape));
          expect(rows).toBe(Math.min(shape.rows, shape.rowPeriod));
          expect(columns).toBe(Math.min(shape.columns, shape.columnPeriod));
          expect(distinctValues(values(shape))).toHaveLength(rows * columns);
        },
      ),
    );
  });
});
