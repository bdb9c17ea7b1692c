import { describe, expect, it } from 'vitest';
import { outputValues, wrongOutput } from '../../../../src/runner/webgpu/output-check.ts';
import type { ExpectedOutput } from '../../../../src/shared/model/webgpu.ts';

const near: ExpectedOutput = { kind: 'near', type: 'f32', reference: 'x', tolerance: 0.01, sampled: null };
const exact: ExpectedOutput = { kind: 'exact', type: 'u32', sha256: '' };
const reference = { values: Float64Array.of(1, 2), count: 4, valueAt: (index: number) => index % 2 };

describe('an output', () => {
  it('is right within the tolerance, and only there', () => {
    expect(wrongOutput(Float32Array.of(1, 2.005, 1, 2), reference, near)).toBeNull();
    expect(wrongOutput(Float32Array.of(1, 2, 1.25, 2.5), reference, near)).toBe(
      '2 of 4 checked values, first at 2: 1.25 instead of 1, tolerance 0.01',
    );
  });

  it('is wrong when it is not a number', () => {
    expect(wrongOutput(Float32Array.of(1, Number.NaN, 1, 2), reference, near)).toContain(
      'first at 1: NaN instead of 2',
    );
  });

  it('is wrong by one where arithmetic is exact', () => {
    expect(wrongOutput(Uint32Array.of(1, 2, 1, 2), reference, exact)).toBeNull();
    expect(wrongOutput(Uint32Array.of(1, 2, 1, 3), reference, exact)).toBe(
      '1 of 4 checked values, first at 3: 3 instead of 2',
    );
  });

  it('is wrong when its length is', () => {
    expect(wrongOutput(Uint32Array.of(1, 2), reference, exact)).toBe('2 values instead of 4');
  });

  it('is looked at in a seeded sample with both ends where all of it would take too long', () => {
    const looked: number[] = [];
    const compute = (index: number) => {
      looked.push(index);
      return 0;
    };
    const sampled = { ...near, sampled: { count: 50, seed: 3 } };
    expect(wrongOutput(new Float32Array(1000), { count: 1000, compute }, sampled)).toBeNull();
    expect(looked).toHaveLength(52);
    expect(looked).toEqual(expect.arrayContaining([0, 999]));
    expect(new Set(looked).size).toBeGreaterThan(45);
    expect(wrongOutput(new Float32Array(1000).fill(1), { count: 1000, compute }, sampled)).toContain(
      '52 of 52 checked',
    );
  });

  it('is read as its type', () => {
    const bytes = new Uint8Array(new Int32Array([-1, 5]).buffer);
    expect([...outputValues(bytes, 'i32')]).toEqual([-1, 5]);
    expect([...outputValues(bytes, 'u32')]).toEqual([2 ** 32 - 1, 5]);
    expect([...outputValues(new Uint8Array(Float32Array.of(0.5).buffer), 'f32')]).toEqual([0.5]);
  });
});
