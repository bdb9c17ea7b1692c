import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasTable, sharesOf } from '../../../../../src/main/accuracy/samples/shares.ts';

describe('aliasTable', () => {
  it('gives every category exactly its share', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), (raw) => {
        const total = raw.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 1e-3);
        const shares = raw.map((weight) => weight / total);
        const { keep, alias } = aliasTable(shares);
        const implied = shares.map(() => 0);
        for (const [slot, share] of keep.entries()) {
          implied[slot]! += share / shares.length;
          implied[alias[slot]!]! += (1 - share) / shares.length;
        }
        for (const [index, share] of shares.entries()) expect(implied[index]).toBeCloseTo(share, 12);
      }),
    );
  });
});

describe('sharesOf', () => {
  const column = { name: 'tier', values: ['a', 'b', 'c', 'd'], skew: 1, spread: 0 };

  it('divides by rank', () => {
    const total = 1 + 1 / 2 + 1 / 3 + 1 / 4;
    expect(sharesOf(column)).toEqual([1 / total, 1 / 2 / total, 1 / 3 / total, 1 / 4 / total]);
  });

  it('keeps pinned shares and divides the rest', () => {
    const shares = sharesOf({ ...column, pinned: { c: 0.4 } });
    expect(shares[2]).toBe(0.4);
    expect(shares[0]! / shares[3]!).toBeCloseTo(4, 12);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('refuses shares beyond one', () => {
    expect(() => sharesOf({ ...column, pinned: { a: 0.7, b: 0.6 } })).toThrow('shares of tier do not sum to 1');
  });
});
