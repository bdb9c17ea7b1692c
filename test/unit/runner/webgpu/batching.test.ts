import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextIterations } from '../../../../src/runner/webgpu/batching.ts';

it('stays where a batch is long enough', () => {
  expect(nextIterations(4, [30, 25], 100)).toBe(4);
  expect(nextIterations(1, [1000], 100)).toBe(1);
});

it('goes to the power of two that fills the time, not in one leap', () => {
  expect(nextIterations(1, [24], 100)).toBe(8);
  expect(nextIterations(1, [0.01], 100)).toBe(8);
  expect(nextIterations(8, [30, 10, 13], 100)).toBe(16);
});

it('ends at a number that fills the time for every pace, and never shrinks', () => {
  fc.assert(
    fc.property(fc.double({ min: 2, max: 1e9, noNaN: true }), (pace) => {
      let iterations = 1;
      for (let batch = 0; batch < 12; batch++) {
        const next = nextIterations(iterations, [pace], 6e7);
        expect(next).toBeGreaterThanOrEqual(iterations);
        expect(Number.isInteger(Math.log2(next))).toBe(true);
        iterations = next;
      }
      expect(iterations * pace >= 6e7 || iterations === 65_536).toBe(true);
      expect(iterations === 1 || (iterations / 2) * pace < 6e7).toBe(true);
    }),
  );
});
