import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CompareSearch,
  requestOf,
  searchOf,
} from '../../../../../../src/renderer/workflows/accuracy/import/compare-search.ts';
import { CompareRequest } from '../../../../../../src/shared/model/request.ts';

const day = fc
  .integer({ min: -200_000, max: 2_900_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
const plainDay = day.filter((text) => /^\d{4}-\d{2}-\d{2}$/.test(text));
const range = fc.record({ from: plainDay, to: plainDay });

describe('a comparison as an address', () => {
  test('comes back as the same request', () => {
    const requests = fc.record(
      {
        dataset: fc.constant('expenses-1a2b3c4d'),
        reference: range,
        current: range,
        metric: fc.constantFrom('accuracy', 'roc_auc'),
        asOf: fc.constant('2026-03-01T00:00:00Z'),
        delta: fc.double({ min: 0.0001, max: 1e6, noNaN: true }),
        minCell: fc.integer({ min: 2, max: 10_000 }),
        depth: fc.integer({ min: 1, max: 3 }),
        seed: fc.nat(),
        within: fc.dictionary(fc.string({ minLength: 1 }), fc.option(fc.string()), { noNullPrototype: true }),
      },
      { requiredKeys: ['dataset', 'reference', 'current'] },
    );
    fc.assert(
      fc.property(requests, (raw) => {
        const request = CompareRequest.parse(raw);
        const search = CompareSearch.parse(JSON.parse(JSON.stringify(searchOf(request))));
        expect(requestOf(request.dataset, search)).toEqual(request);
      }),
    );
  });

  test('says only what is not the default', () => {
    const request = CompareRequest.parse({
      dataset: 'd',
      reference: { from: '2026-01-01', to: '2026-01-28' },
      current: { from: '2026-02-01', to: '2026-02-28' },
      depth: 2,
      minCell: 50,
    });
    expect(searchOf(request)).toEqual({
      ref: '2026-01-01..2026-01-28',
      cur: '2026-02-01..2026-02-28',
      minCell: 50,
    });
  });

  test('refuses windows that are not days', () => {
    expect(CompareSearch.safeParse({ ref: 'last month', cur: '2026-02-01..2026-02-28' }).success).toBe(false);
  });
});
