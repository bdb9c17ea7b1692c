import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayNumber,
  dayText,
  timelineColumns,
  timelineTicks,
} from '../../../../../../src/renderer/workflows/accuracy/import/timeline-columns.ts';
import type { Timeline } from '../../../../../../src/shared/model/dataset.ts';

const timeline = (days: Timeline['days']): Timeline => ({ days, versionChanges: [], asOf: '2026-04-01' });

test('no row is lost when days share a column, and a gap stays a gap', () => {
  const days = fc
    .uniqueArray(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 60 })
    .map((list) =>
      list.sort((a, b) => a - b).map((n) => ({ day: dayText(n), predictions: n + 1, labelled: n, maturity: 1 })),
    );
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 500 }), (list, most) => {
      const columns = timelineColumns(timeline(list), most);
      expect(columns.length).toBeLessThanOrEqual(most);
      const sum = (
        pick: (row: { predictions: number; labelled: number }) => number,
        rows: typeof list | typeof columns,
      ) => rows.reduce((total, row) => total + pick(row), 0);
      expect(sum((row) => row.predictions, columns)).toBe(sum((row) => row.predictions, list));
      expect(sum((row) => row.labelled, columns)).toBe(sum((row) => row.labelled, list));
      expect(columns[0]?.from).toBe(list[0]?.day);
      expect(columns.at(-1)?.to).toBe(list.at(-1)?.day);
      for (let at = 1; at < columns.length; at++) {
        expect(dayNumber(columns[at]?.from ?? '')).toBe(dayNumber(columns[at - 1]?.to ?? '') + 1);
      }
    }),
  );
});

test('a column is young when any of its days is', () => {
  const days = [
    { day: '2026-01-01', predictions: 1, labelled: 1, maturity: 1 },
    { day: '2026-01-02', predictions: 1, labelled: 0, maturity: 0.4 },
    { day: '2026-01-03', predictions: 1, labelled: 0, maturity: null },
  ];
  expect(timelineColumns(timeline(days), 1)[0]?.young).toBe(true);
  expect(timelineColumns(timeline(days), 3).map(({ young }) => young)).toEqual([false, true, false]);
  expect(timelineColumns(timeline([]), 10)).toEqual([]);
});

test('ticks are days, weeks or first days of months, and never crowd', () => {
  expect(timelineTicks('2026-01-30', '2026-02-02', 10)).toEqual(['2026-01-31', '2026-02-01', '2026-02-02']);
  expect(timelineTicks('2026-01-01', '2026-01-31', 5)).toEqual([
    '2026-01-08',
    '2026-01-15',
    '2026-01-22',
    '2026-01-29',
  ]);
  expect(timelineTicks('2026-01-15', '2026-06-02', 6)).toEqual([
    '2026-02-01',
    '2026-03-01',
    '2026-04-01',
    '2026-05-01',
    '2026-06-01',
  ]);
  expect(timelineTicks('2020-01-15', '2023-04-02', 4)).toEqual(['2021-01-01', '2022-01-01', '2023-01-01']);
  fc.assert(
    fc.property(fc.nat(2_900_000), fc.nat(60_000), fc.integer({ min: 1, max: 30 }), (from, length, most) => {
      const [first, last] = [dayText(from), dayText(from + length)];
      fc.pre(last.length === 10);
      const ticks = timelineTicks(first, last, most);
      expect(ticks.length).toBeLessThanOrEqual(most);
      for (const tick of ticks) expect(tick > first && tick <= last).toBe(true);
    }),
  );
});
