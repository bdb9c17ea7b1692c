import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayRange, dayText, instantText, instantUs } from '../../../../src/main/accuracy/days.ts';

describe('days', () => {
  it('turns text into numbers and back, 1970 to 9999', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayText(dayNumber('9999-12-31'))).toBe('9999-12-31');
    fc.assert(fc.property(fc.integer({ min: 0, max: 2_932_896 }), (day) => dayNumber(dayText(day)) === day));
  });

  it('refuses days that do not exist', () => {
    expect(() => dayNumber('2026-02-30')).toThrow('not a calendar day (expected YYYY-MM-DD): 2026-02-30');
    expect(() => dayNumber('2026-3-1')).toThrow('not a calendar day');
    expect(() => dayRange({ from: '2026-03-02', to: '2026-03-01' }, 'current')).toThrow(
      'current window ends before it starts: 2026-03-02..2026-03-01',
    );
  });

  it('takes a bare day as its last microsecond, UTC, whatever the zone of the machine', () => {
    expect(instantText(instantUs('2026-03-01'))).toBe('2026-03-01T23:59:59.999999Z');
    expect(instantText(instantUs('2026-03-01T12:00:00.25'))).toBe('2026-03-01T12:00:00.250Z');
    // The printed moment is the moment: asked for again it leaves out no label.
    for (const us of [0, 1, 1_780_185_598_836_184, 1_780_185_598_836_999]) expect(instantUs(instantText(us))).toBe(us);
    expect(instantUs('2026-03-01T12:00:00.0000015+02:00')).toBe(instantUs('2026-03-01T10:00:00Z') + 1);
    expect(instantUs('2026-03-01T12:00:00')).toBe(instantUs('2026-03-01T12:00:00Z'));
    expect(instantUs('2026-03-01T12:00:00+02:00')).toBe(instantUs('2026-03-01T10:00:00Z'));
    expect(() => instantUs('yesterday')).toThrow('not a moment in time (expected YYYY-MM-DD or ISO 8601): yesterday');
  });
});
