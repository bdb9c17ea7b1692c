import { describe, expect, test } from 'vitest';
import { laneCount, marksAt, noMarks } from '../../../../src/shared/charts/time-marks.ts';

const domain = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2026, 3, 1) };
const change = (at: string, column = 'model_version') => ({ column, from: 'a', to: 'b', at });

describe('lanes', () => {
  test('none without events, one when labels have room', () => {
    expect(laneCount(noMarks, domain)).toBe(0);
    const apart = [change('2026-01-05T00:00:00Z'), change('2026-03-01T00:00:00Z')];
    expect(laneCount({ ...noMarks, versionChanges: apart }, domain)).toBe(1);
  });

  test('neighbours go below each other, so that no line falls through a label', () => {
    const near = [change('2026-02-01T00:00:00Z'), change('2026-02-03T00:00:00Z'), change('2026-02-05T00:00:00Z')];
    expect(laneCount({ ...noMarks, versionChanges: near }, domain)).toBe(3);
  });

  test('a crowd does not eat the plot', () => {
    const crowd = Array.from({ length: 40 }, (_, day) =>
      change(new Date(domain.start + day * 86_400_000).toISOString()),
    );
    expect(laneCount({ ...noMarks, versionChanges: crowd }, domain)).toBeLessThanOrEqual(4);
  });

  test('events outside the axis or without a time take none', () => {
    const outside = [change('2030-01-01T00:00:00Z'), change('soon')];
    expect(laneCount({ ...noMarks, versionChanges: outside }, domain)).toBe(0);
  });
});

describe('what stands at a chunk', () => {
  const marks = {
    reference: { from: '2026-01-01', to: '2026-01-31' },
    current: { from: '2026-03-01', to: '2026-03-31' },
    onset: { date: '2026-03-02', low: '2026-03-01', high: '2026-03-04' },
    versionChanges: [change('2026-01-31T23:59:59Z')],
  };

  test('the last day of a window belongs to it', () => {
    expect(marksAt(marks, { from: '2026-01-31', to: '2026-01-31' })).toEqual([
      'reference window',
      'model_version: a → b',
    ]);
    expect(marksAt(marks, { from: '2026-02-01', to: '2026-02-01' })).toEqual([]);
  });

  test('a week holds the onset of any of its days', () => {
    expect(marksAt(marks, { from: '2026-03-01', to: '2026-03-07' })).toEqual([
      'current window',
      'onset, 2026-03-01 … 2026-03-04',
    ]);
  });
});
