import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytes,
  count,
  counted,
  day,
  dayRange,
  decimal,
  difference,
  digitsFor,
  duration,
  estimateChange,
  estimateValue,
  instant,
  interval,
  metricName,
  percent,
  points,
  pValue,
  timeLeftMs,
  timeOfDay,
  unitOf,
} from '../../../src/shared/units.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ').replaceAll('\u2212', '-');

describe('numbers', () => {
  test('counts are grouped and never abbreviated', () => {
    expect(plain(count(0))).toBe('0');
    expect(plain(count(999))).toBe('999');
    expect(plain(count(1_800_000))).toBe('1 800 000');
    expect(plain(count(-1234))).toBe('-1 234');
    expect(counted(1, 'row')).toBe('1 row');
    expect(plain(counted(2000, 'entry', 'entries'))).toBe('2 000 entries');
  });

  test('what is not known says so', () => {
    for (const format of [count, percent, points, decimal, difference, pValue, duration, bytes]) {
      expect(format(null)).toBe('unknown');
      expect(format(Number.NaN)).toBe('unknown');
      expect(format(Number.POSITIVE_INFINITY)).toBe('unknown');
    }
    expect(day('soon')).toBe('unknown');
    expect(instant(null)).toBe('unknown');
  });

  test('a rounded zero has no sign', () => {
    expect(plain(percent(-0.0001))).toBe('0.0 %');
    expect(plain(points(0.0001))).toBe('0.0 pp');
    expect(plain(points(-0.00049, 2))).toBe('-0.05 pp');
  });

  test('percent and points', () => {
    expect(plain(percent(0.945))).toBe('94.5 %');
    expect(plain(percent(1))).toBe('100.0 %');
    expect(plain(points(-0.231))).toBe('-23.1 pp');
    expect(plain(points(0.02))).toBe('+2.0 pp');
  });

  test('plain numbers keep about four figures', () => {
    expect(decimal(0.123456)).toBe('0.1235');
    expect(decimal(12.3456)).toBe('12.35');
    expect(plain(decimal(123456))).toBe('123 456');
    expect(plain(decimal(1.5e-9))).toBe('1.50e-9');
    expect(decimal(0)).toBe('0');
    expect(difference(0.5, 2)).toBe('+0.50');
  });

  test('p-values are never printed as zero', () => {
    expect(plain(pValue(0.0345))).toBe('p = 0.035');
    expect(plain(pValue(0.00123))).toBe('p = 0.0012');
    expect(plain(pValue(1e-300))).toBe('p < 0.0001');
  });

  test('grouping round-trips for every safe integer', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(Number(plain(count(n)).replaceAll(' ', ''))).toBe(n);
      }),
    );
  });
});

describe('time', () => {
  test('durations use two units at most', () => {
    expect(plain(duration(850))).toBe('850 ms');
    expect(plain(duration(4200))).toBe('4.2 s');
    expect(plain(duration(59_990))).toBe('1 min 00 s');
    expect(plain(duration(185_000))).toBe('3 min 05 s');
    expect(plain(duration(7_800_000))).toBe('2 h 10 min');
    expect(plain(duration(273_600_000))).toBe('3 d 4 h');
  });

  test('days and instants are ISO and cut in UTC', () => {
    expect(day('2026-03-01')).toBe('2026-03-01');
    expect(day('2026-03-01T23:30:00-05:00')).toBe('2026-03-02');
    expect(instant('2026-03-01T14:05:59Z')).toBe('2026-03-01 14:05 UTC');
    expect(timeOfDay('2026-03-01T23:30:00-05:00')).toBe('04:30');
    expect(timeOfDay(null)).toBe('unknown');
    expect(dayRange('2026-03-01', '2026-03-01')).toBe('2026-03-01');
    expect(dayRange('2026-03-01', '2026-03-28')).toBe('2026-03-01 … 2026-03-28');
  });

  test('time left needs a pace', () => {
    expect(timeLeftMs(0, 10, 1000)).toBeNull();
    expect(timeLeftMs(5, null, 1000)).toBeNull();
    expect(timeLeftMs(2, 10, 1000)).toBe(4000);
  });
});

describe('estimates', () => {
  const narrow = { value: 0.94512, low: 0.94476, high: 0.94548 };

  test('precision follows the interval', () => {
    expect(digitsFor(0.9, 0.95, 'share')).toBe(1);
    expect(plain(estimateValue(narrow, 'share'))).toBe('94.512 %');
    expect(plain(interval(narrow, 'share'))).toBe('[94.476, 94.548] %');
    expect(plain(interval({ value: -0.23, low: -0.24, high: -0.221 }, 'share', 'change'))).toBe('[-24.0, -22.1] pp');
    expect(plain(estimateChange({ value: -0.23, low: -0.24, high: -0.221 }, 'share'))).toBe('-23.0 pp');
    expect(interval({ value: 1, low: null, high: null }, 'number')).toBe('no interval');
  });

  test('the printed interval never collapses to one number', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.double({ min: 0.0002, max: 0.1, noNaN: true }),
        (low, width) => {
          const [left, right] = plain(interval({ value: low, low, high: low + width }, 'share')).match(/[\d.]+/g) ?? [];
          expect(Number(left)).toBeLessThan(Number(right));
        },
      ),
    );
  });

  test('metrics know their unit and their name', () => {
    expect(unitOf('f1')).toBe('share');
    expect(unitOf('roc_auc')).toBe('number');
    expect(unitOf('log_loss')).toBe('number');
    expect(unitOf('rmse')).toBe('number');
    expect(metricName('f1_macro')).toBe('F1, macro');
    expect(metricName('approval_rate')).toBe('approval rate');
  });
});

test('bytes in decimal units', () => {
  expect(plain(bytes(512))).toBe('512 B');
  expect(plain(bytes(1_500_000))).toBe('1.5 MB');
  expect(plain(bytes(999_600))).toBe('1.0 MB');
});
