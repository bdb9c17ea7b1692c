import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Point,
  reasonsOf,
  slowDownMask,
  slowDownStretches,
  throttlingIn,
} from '../../../../../src/main/throughput/telemetry/throttling.ts';

const second = 1e9;
const masks = (...values: (number | null)[]): Point[] =>
  values.map((value, index) => ({ tNs: index * second, name: 'clock_event_reasons', value }));
const window = (seconds: number) => ({ fromNs: 0, toNs: seconds * second });

it('the mask in words', () => {
  expect(reasonsOf(0)).toEqual([]);
  expect(reasonsOf(0x44)).toEqual(['power limit reached', 'too hot: the hardware lowers the clock']);
  expect(reasonsOf(0x80000000)).toEqual(['unnamed reason 0x80000000']);
  expect(slowDownMask).toBe(0x08 | 0x20 | 0x40 | 0x80);
});

describe('shares', () => {
  it('weigh each poll by the time until the next', () => {
    const result = throttlingIn(masks(0, 0x40, 0x40, 0), window(4), second);
    expect(result).toMatchObject({ share: 0.5, watched: 1 });
    expect(result.reasons).toEqual([
      {
        name: 'hw_thermal_slowdown',
        text: 'too hot: the hardware lowers the clock',
        share: 0.5,
        from: 'polls',
        slowDown: true,
      },
    ]);
  });

  it('a power cap is named but is no slow-down of the hardware', () => {
    const result = throttlingIn(masks(0x4, 0x4), window(2), second);
    expect(result.share).toBe(0);
    expect(result.reasons[0]).toMatchObject({ name: 'sw_power_cap', share: 1, slowDown: false });
  });

  it('two reasons at once count once', () => {
    expect(throttlingIn(masks(0x48, 0), window(2), second).share).toBe(0.5);
  });

  it("the driver's counter wins over polls that missed it", () => {
    const counter: Point[] = [0, 1, 2].map((index) => ({
      tNs: index * second,
      name: 'hw_thermal_slowdown_us',
      value: 7e6 + index * 250_000,
    }));
    const result = throttlingIn([...masks(0, 0), ...counter], window(2), second);
    expect(result.share).toBeCloseTo(0.25, 12);
    expect(result.reasons[0]).toMatchObject({ from: 'counter' });
  });

  it('unknown is not zero: without a reading there is no share, and a silence is not watched', () => {
    expect(throttlingIn([], window(2), second)).toMatchObject({ share: null, reason: /no reading/ });
    expect(throttlingIn(masks(null, null), window(2), second).share).toBeNull();
    expect(throttlingIn(masks(0x40), window(10), second)).toMatchObject({ share: 1, watched: 0.2 });
  });

  it('lie between 0 and 1 for any masks', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(0x1ff)), { minLength: 1, maxLength: 20 }), (values) => {
        const { share, watched } = throttlingIn(masks(...values), window(values.length), second);
        expect(share ?? 0).toBeGreaterThanOrEqual(0);
        expect(share ?? 0).toBeLessThanOrEqual(1);
        expect(watched).toBeLessThanOrEqual(1 + 1e-12);
        expect(share === null).toBe(values.every((value) => value === null));
      }),
    );
  });
});

it('stretches under a slow-down, for the rule that takes samples out', () => {
  expect(slowDownStretches(masks(0, 0xe8, 0x4), window(3), second)).toEqual([
    {
      fromNs: second,
      toNs: 2 * second,
      reasons: [
        'hardware slow-down',
        'too hot: the driver lowers the clock',
        'too hot: the hardware lowers the clock',
        'power brake pulled from outside',
      ],
    },
  ]);
});
