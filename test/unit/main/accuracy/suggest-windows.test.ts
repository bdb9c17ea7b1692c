import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suggestWindows } from '../../../../src/main/accuracy/suggest-windows.ts';

const daysOf = (counts: number[]) =>
  counts.map((predictions, index) => ({
    day: new Date(Date.UTC(2026, 2, 1 + index)).toISOString().slice(0, 10),
    predictions,
    labelled: 0,
    maturity: null,
  }));

test('the last third is compared with everything before it', () => {
  expect(suggestWindows(daysOf([1, 1, 1, 1, 1, 1, 1, 1, 1]))).toEqual({
    reference: { from: '2026-03-01', to: '2026-03-06' },
    current: { from: '2026-03-07', to: '2026-03-09' },
  });
});

test('days without predictions do not count', () => {
  expect(suggestWindows(daysOf([0, 5, 0, 0, 5, 0]))).toEqual({
    reference: { from: '2026-03-02', to: '2026-03-02' },
    current: { from: '2026-03-05', to: '2026-03-05' },
  });
});

test.each([[[]], [[3]], [[0, 4, 0]]])('%j has no two windows', (counts) => {
  expect(() => suggestWindows(daysOf(counts))).toThrow('two windows need predictions on at least two days, found: ');
});

test('windows never overlap and cover every day with predictions', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 2, maxLength: 60 }), (counts) => {
      const days = daysOf(counts);
      const used = days.filter(({ predictions }) => predictions > 0).map(({ day }) => day);
      fc.pre(used.length >= 2);
      const { reference, current } = suggestWindows(days);
      expect(reference.from).toBe(used[0]);
      expect(current.to).toBe(used.at(-1));
      expect(reference.to < current.from).toBe(true);
      const covered = used.filter((day) => day <= reference.to || day >= current.from);
      expect(covered).toEqual(used);
    }),
    { seed: 2 },
  );
});
