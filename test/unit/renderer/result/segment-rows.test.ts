import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  filterCounts,
  filterSegments,
  segmentRows,
} from '../../../../src/renderer/workflows/accuracy/result/segment-rows.ts';
import type { Segment } from '../../../../src/shared/model/comparison.ts';
import { sameSegment, segmentKey } from '../../../../src/shared/segment-text.ts';
import { exampleSegments, manySegments } from '../../../fixtures/comparison-example.ts';

const rows = segmentRows(exampleSegments);
const names = (filter: Parameters<typeof filterSegments>[1], unfold = false) =>
  filterSegments(rows, filter, unfold).map((row) => Object.values(row.segment).join());

describe('segments of the silent failure', () => {
  test('the pair is the only regression; its parent is folded under it', () => {
    expect(names('regressions')).toEqual(['PT,travel']);
    expect(names('regressions', true)).toEqual(['PT,travel', 'PT']);
    expect(rows[0]?.explains).toBe(3);
  });

  test('what was not tested is neither a regression nor hidden', () => {
    expect(names('not enough data')).toEqual(['IS,pets', ',<img src=x onerror=alert(1)>']);
    expect(filterCounts(rows, false)).toEqual({ regressions: 1, all: 11, 'not enough data': 2 });
    expect(filterCounts(rows, true).all).toBe(exampleSegments.length);
  });

  test('the order of the document is kept, and keys are unique', () => {
    const many = segmentRows(manySegments(2000));
    expect(many.map((row) => row.segment)).toEqual(manySegments(2000).map((row) => row.segment));
    expect(new Set(many.map((row) => row.key)).size).toBe(2000);
  });
});

describe('the key of a segment', () => {
  const segment = fc.dictionary(fc.string(), fc.option(fc.string()), { maxKeys: 4 });

  test('does not depend on the order of columns', () => {
    fc.assert(
      fc.property(segment, (one) => {
        const other = Object.fromEntries(Object.entries(one).reverse());
        expect(sameSegment(one, other)).toBe(true);
      }),
    );
  });

  test('tells missing, empty and the word null apart', () => {
    const segments: Segment[] = [{ a: null }, { a: '' }, { a: 'null' }, {}];
    const keys = segments.map(segmentKey);
    expect(new Set(keys).size).toBe(4);
  });
});
