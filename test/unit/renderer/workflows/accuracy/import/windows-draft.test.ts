import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deltaOf,
  draftFrom,
  isDay,
  requestFrom,
  shiftDay,
  usualDelta,
  type WindowsDraft,
  windowFaults,
} from '../../../../../../src/renderer/workflows/accuracy/import/windows-draft.ts';
import type { DatasetDetail } from '../../../../../../src/shared/model/dataset-detail.ts';

const detail = { firstDay: '2026-01-01', lastDay: '2026-03-31' } as DatasetDetail;

const draft: WindowsDraft = {
  reference: { from: '2026-01-01', to: '2026-01-31' },
  current: { from: '2026-03-01', to: '2026-03-14' },
  metric: 'accuracy',
  delta: '1',
  asOf: '',
  minCell: '100',
};

const faultsOf = (part: Partial<WindowsDraft>) => windowFaults({ ...draft, ...part }, detail, 'share');

describe('windows', () => {
  test('that fit have no fault', () => {
    expect(faultsOf({})).toEqual([]);
  });

  test('need days that exist', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2026-02-29')).toBe(false);
    expect(faultsOf({ current: { from: '2026-02-30', to: '2026-03-01' } })).toHaveLength(1);
  });

  test('must not run backwards, lie outside the data or overlap', () => {
    expect(faultsOf({ current: { from: '2026-03-14', to: '2026-03-01' } })[0]).toContain('ends before it begins');
    expect(faultsOf({ current: { from: '2027-03-01', to: '2027-03-14' } })[0]).toContain('outside the data');
    expect(faultsOf({ current: { from: '2026-01-31', to: '2026-02-14' } })[0]).toContain('overlap');
  });

  test('a day forth and back is the same day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_000_000 }), fc.integer({ min: -400, max: 400 }), (at, by) => {
        const day = new Date(at * 86_400_000).toISOString().slice(0, 10);
        fc.pre(isDay(day) && isDay(shiftDay(day, by)));
        expect(shiftDay(shiftDay(day, by), -by)).toBe(day);
      }),
    );
    expect(shiftDay('soon', 1)).toBe('soon');
  });
});

describe('the tolerance', () => {
  test('is typed in points for shares and plainly for other metrics', () => {
    expect(deltaOf('1', 'share')).toBe(0.01);
    expect(deltaOf('0.3 %', 'share')).toBe(0.003);
    expect(deltaOf('0.02', 'number')).toBe(0.02);
  });

  test('is refused when it is none', () => {
    for (const text of ['0', '-1', 'much', 'Infinity']) expect(deltaOf(text, 'share')).toBeNull();
    expect(faultsOf({ delta: '0' })).toHaveLength(1);
  });

  test('left open is the usual one of the metric', () => {
    expect(deltaOf(' ', 'share')).toBeUndefined();
    expect(requestFrom('d', { ...draft, delta: '' }, 'share')).not.toHaveProperty('delta');
    expect(['accuracy', 'roc_auc', 'mae'].map(usualDelta)).toEqual(['1', '0.01', '']);
  });
});

test('the smallest cell and the moment must make sense', () => {
  expect(faultsOf({ minCell: '1' })).toHaveLength(1);
  expect(faultsOf({ minCell: '12.5' })).toHaveLength(1);
  expect(faultsOf({ asOf: 'yesterday' })).toHaveLength(1);
  expect(faultsOf({ asOf: '2026-03-20' })).toEqual([]);
});

test('an address opens as the windows it names', () => {
  const request = requestFrom('d', { ...draft, delta: '0.3', metric: 'f1_macro' }, 'share');
  const again = draftFrom(
    { ref: '2026-01-01..2026-01-31', cur: '2026-03-01..2026-03-14', metric: 'f1_macro', delta: request.delta },
    { reference: draft.current, current: draft.reference },
    'accuracy',
  );
  expect(again).toEqual({ ...draft, delta: '0.3', metric: 'f1_macro' });
});
