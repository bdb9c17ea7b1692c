import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayEnd,
  dayStart,
  domainOf,
  niceScale,
  signedTickLabel,
  tickLabel,
  tightScale,
} from '../../../../src/shared/charts/frame.ts';

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('niceScale', () => {
  test('known answers', () => {
    expect(niceScale(0.9412, 0.9488)).toEqual({ min: 0.94, max: 0.95, step: 0.002 });
    expect(niceScale(0, 21_000, 8, [0, Number.POSITIVE_INFINITY])).toEqual({ min: 0, max: 25_000, step: 5000 });
    expect(niceScale(0.71, 1, 4, [0, 1])).toEqual({ min: 0.7, max: 1, step: 0.1 });
  });

  test('a single value gets room on both sides', () => {
    const { min, max, step } = niceScale(0.9, 0.9);
    expect(min).toBeLessThan(0.9);
    expect(max).toBeGreaterThan(0.9);
    expect(step).toBeGreaterThan(0);
  });

  test('covers what it is given in a readable number of steps', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const [low, high] = a <= b ? [a, b] : [b, a];
        const { min, max, step } = niceScale(low, high);
        const slack = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
        expect(min).toBeLessThanOrEqual(low + slack);
        expect(max).toBeGreaterThanOrEqual(high - slack);
        expect(step).toBeGreaterThan(0);
        expect((max - min) / step).toBeLessThan(9);
      }),
    );
  });

  test('never leaves its bounds', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const { min, max } = niceScale(a, b, 4, [0, 1]);
        expect(min).toBeGreaterThanOrEqual(0);
        expect(max).toBeLessThanOrEqual(1);
        expect(max).toBeGreaterThan(min);
      }),
    );
  });
});

describe('tightScale', () => {
  test('ticks are inside, equally spaced and round', () => {
    const { ticks, min, max } = tightScale(-0.254, 0.01);
    expect(ticks).toEqual([-0.2, -0.1, 0]);
    expect(min).toBeLessThan(-0.254);
    expect(max).toBeGreaterThan(0.01);
  });

  test('always has a tick', () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (low, span) => {
        fc.pre(span > Math.abs(low) * 1e-6);
        expect(tightScale(low, low + span).ticks.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('tick labels', () => {
  test('have as many decimals as tell neighbours apart', () => {
    const label = tickLabel({ min: 0.93, max: 0.955, step: 0.005 }, 'share');
    expect([0.93, 0.935, 0.94].map(label)).toEqual(
      ['93.0 %', '93.5 %', '94.0 %'].map((text) => text.replace(' ', '\u202f')),
    );
    expect(tickLabel({ min: 0, max: 0.004, step: 0.002 }, 'number')(0.002)).toBe('0.002');
  });

  test('of a change carry their sign, zero none', () => {
    const label = signedTickLabel({ min: -0.2, max: 0.2, step: 0.1 }, 'share');
    expect([-0.1, 0, 0.1].map(label)).toEqual(['−10\u202fpp', '0\u202fpp', '+10\u202fpp']);
  });
});

describe('time', () => {
  test('a day ends where the next begins; an instant is itself', () => {
    expect(dayEnd('2026-03-01')).toBe(dayStart('2026-03-02'));
    expect(dayStart('2026-03-01T12:00:00Z')).toBe(Date.UTC(2026, 2, 1, 12));
    expect(dayEnd('2026-03-01T12:00:00Z')).toBe(Date.UTC(2026, 2, 1, 12));
  });

  test('a domain spans all ranges, unordered ones too', () => {
    const ranges = [
      { from: '2026-03-05', to: '2026-03-06' },
      { from: '2026-03-01', to: '2026-03-02' },
    ];
    expect(domainOf(ranges)).toEqual({ start: Date.UTC(2026, 2, 1), end: Date.UTC(2026, 2, 7) });
    expect(domainOf([])).toBeNull();
  });
});
