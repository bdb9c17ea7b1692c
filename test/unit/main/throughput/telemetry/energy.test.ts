import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { energyOf, idlePower } from '../../../../../src/main/throughput/telemetry/energy.ts';
import type { Point } from '../../../../../src/main/throughput/telemetry/throttling.ts';

const ms = 1e6;
const periodNs = 100 * ms;
const series = (name: string, count: number, value: (index: number) => number | null, startMs = 0): Point[] =>
  Array.from({ length: count }, (_, index) => ({ tNs: (startMs + index * 100) * ms, name, value: value(index) }));
const over = (points: Point[], fromMs: number, toMs: number, more = {}) =>
  energyOf({ points, fromNs: fromMs * ms, toNs: toMs * ms, periodNs, ...more });

describe('the trapezoid', () => {
  it('of constant power is power times time, gross and net of idle', () => {
    const result = over(
      series('power_instant_w', 21, () => 300),
      0,
      2000,
      { idleWatts: 100 },
    );
    expect(result.grossJ).toBeCloseTo(600, 9);
    expect(result.netJ).toBeCloseTo(400, 9);
    expect(result).toMatchObject({ method: 'trapezoid over power readings', grade: 'B', n: 21 });
  });

  it('of a ramp is exact, also where the window cuts between two readings', () => {
    const ramp = series('power_instant_w', 41, (index) => index * 10);
    // Power is 100 W a second: the integral from 0.55 to 2.05 s is 50 (2.05² - 0.55²).
    expect(over(ramp, 550, 2050).grossJ).toBeCloseTo(50 * (2.05 ** 2 - 0.55 ** 2), 9);
  });

  it('uses the real times of the readings', () => {
    const uneven = [0, 50, 200, 210, 400, 500, 640, 700, 810, 900, 1000].map((tMs) => ({
      tNs: tMs * ms,
      name: 'power_instant_w',
      value: tMs / 10,
    }));
    expect(over(uneven, 0, 1000).grossJ).toBeCloseTo(50, 9);
  });

  it('is of lower grade over averages', () => {
    expect(
      over(
        series('power_w', 21, () => 300),
        0,
        2000,
      ).grade,
    ).toBe('C');
  });

  it('is refused below ten readings, with a gap, without readings, on a slice', () => {
    const nine = over(
      series('power_w', 9, () => 300),
      0,
      800,
    );
    expect(nine).toMatchObject({ grossJ: null, reason: 'fewer than 10 readings of power in the window: 9' });
    const gap = series('power_w', 41, (index) => (index >= 20 && index < 23 ? null : 300));
    expect(over(gap, 0, 4000).reason).toMatch(/gap of more than twice the period.*400 ms/);
    expect(
      over(
        series('power_w', 20, () => 300),
        0,
        4000,
      ).reason,
    ).toMatch(/gap/);
    expect(over([], 0, 1000).reason).toBe('no reading of power');
    expect(
      over(
        series('power_w', 21, () => 300),
        0,
        2000,
        { sliced: true },
      ).reason,
    ).toMatch(/slice/);
  });

  it('lies between the smallest and the largest power times the time', () => {
    const powers = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(powers, fc.nat(90), (all, offset) => {
        const points = series('power_w', all.length, (index) => all[index]!);
        const to = (all.length - 1) * 100 - offset;
        const { grossJ } = over(points, offset, to);
        const seconds = (to - offset) / 1000;
        expect(grossJ).toBeGreaterThanOrEqual(Math.min(...all) * seconds * (1 - 1e-9));
        expect(grossJ).toBeLessThanOrEqual(Math.max(...all) * seconds * (1 + 1e-9));
      }),
    );
  });
});

describe("the driver's counter", () => {
  // 250 W: 25 J, 25 000 mJ, between two readings.
  const counter = series('energy_mj', 41, (index) => 1_000_000 + index * 25_000);
  const power = series('power_w', 41, () => 999);

  it('goes before power readings, and is cut at the ends of the window', () => {
    const result = over([...power, ...counter], 550, 2050);
    expect(result.grossJ).toBeCloseTo(375, 9);
    expect(result).toMatchObject({ method: 'energy counter', grade: 'A' });
  });

  it('that was reset, or does not move, gives way to the trapezoid, and says so', () => {
    const reset = counter.map((point, index) => (index > 20 ? { ...point, value: point.value! - 1_500_000 } : point));
    const result = over([...power, ...reset], 0, 4000);
    expect(result.grossJ).toBeCloseTo(999 * 4, 6);
    expect(result.notes[0]).toMatch(/energy counter not used: the counter was reset/);
    expect(over([...power, ...series('energy_mj', 41, () => 5)], 0, 4000).notes[0]).toMatch(/did not move/);
  });

  it('that wraps at a known range goes on', () => {
    const range = 1_000_000;
    const wrapping = [
      ...series('energy_uj', 41, (index) => (900_000 + index * 10_000) % range),
      { tNs: 0, name: 'energy_range_uj', value: range },
    ];
    expect(over(wrapping, 0, 4000).grossJ).toBeCloseTo(0.4, 9);
  });

  it('that was not read near the ends is not used', () => {
    expect(over(counter.slice(10, 20), 0, 4000).grossJ).toBeNull();
  });

  it('keeps the rate where it misses less than two periods at an end', () => {
    const result = over(counter, 0, 4100);
    expect(result.grossJ).toBeCloseTo(1025, 6);
    expect(result.notes[0]).toMatch(/covers 97\.6 % of the window/);
  });
});

describe('the power of a device at rest', () => {
  const untilNs = 1000 * ms;

  it('is the mean of what was read before the run, and nothing below three readings', () => {
    const rising = series('power_w', 21, (index) => 50 + index);
    expect(idlePower(rising, untilNs)).toBeCloseTo(54.5, 9);
    expect(idlePower(rising.slice(8), untilNs)).toBeNull();
    expect(idlePower([], untilNs)).toBeNull();
  });

  it('is told by the counter where it moved, and by power where it stood still or was reset', () => {
    const power = series('power_w', 21, () => 70);
    const counter = (value: (index: number) => number) => [...series('energy_mj', 21, value), ...power];
    expect(
      idlePower(
        counter((index) => 9e6 + index * 6000),
        untilNs,
      ),
    ).toBeCloseTo(60, 9);
    expect(
      idlePower(
        counter(() => 9e6),
        untilNs,
      ),
    ).toBeCloseTo(70, 9);
    expect(
      idlePower(
        counter((index) => (index < 5 ? 9e6 + index : index)),
        untilNs,
      ),
    ).toBeCloseTo(70, 9);
  });

  it('of a constant power is that power, whatever runs afterwards', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 700, noNaN: true }), fc.integer({ min: 3, max: 12 }), (watts, polls) => {
        const before = series('power_instant_w', polls, () => watts, 1000 - polls * 100);
        const busy = series('power_instant_w', 20, () => 700, 1000);
        expect(idlePower([...before, ...busy], untilNs)).toBeCloseTo(watts, 9);
      }),
    );
  });
});
