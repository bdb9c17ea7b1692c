import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyChanges } from '../../../../src/main/statistics/e-divisive.ts';
import { isolatedOutliers } from '../../../../src/main/statistics/isolated-outliers.ts';
import { createRandom } from '../../../../src/main/statistics/random.ts';

const path = new URL('../../../fixtures/data/history/series.json', import.meta.url);
const { series } = JSON.parse(readFileSync(path, 'utf8')) as { series: Record<string, number[]> };
const named = (name: string) => series[name] as number[];
const indices = (values: number[], settings: Parameters<typeof historyChanges>[1] = {}) =>
  historyChanges(values, settings).changes.map((change) => change.index);

/** n runs around 100 with the given spread, times a factor from an index on. */
function runs(n: number, spread: number, seed: number, factor = 1, from = n): number[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => 100 * Math.exp(spread * random.normal()) * (i < from ? 1 : factor));
}

describe('change points as Otava finds them', () => {
  // Expected values of Otava's own tests for this series, window 30: [p, magnitude, indices].
  it.each<[number, number, number[]]>([
    [0.01, 0.05, [15, 71]],
    [0.05, 0.05, [15, 71]],
    [0.1, 0.05, [10, 11, 15, 71, 363]],
    [0.2, 0.05, [10, 11, 15, 71]],
    [0.01, 0, [15, 26, 61, 71, 95, 117, 131, 142, 148, 165, 169, 192, 212, 260]],
    [0.001, 0, [15, 61, 71, 95, 117, 131, 142, 148, 192, 212, 260]],
    [0.0001, 0, [71, 95, 117, 131, 142, 148, 192, 212]],
    [0.00001, 0, [71, 95, 131, 192, 212]],
  ])('in TigerBeetle at p %d, magnitude %d', (maxPValue, minMagnitude, expected) => {
    expect(indices(named('tigerbeetle'), { preset: 'otava', window: 30, maxPValue, minMagnitude })).toEqual(expected);
  });

  it('in every history, as written out with numpy and scipy', () => {
    const answers = new URL('../../../fixtures/known-answers/histories.json', import.meta.url);
    const { cases } = JSON.parse(readFileSync(answers, 'utf8')) as {
      cases: { series: string; window: number; maxPValue: number; minMagnitude: number; expected: number[] }[];
    };
    expect(cases.length).toBe(3 * Object.keys(series).length);
    for (const { series: name, expected, ...settings } of cases) {
      expect(indices(named(name), { preset: 'otava', ...settings }), `${name} ${JSON.stringify(settings)}`).toEqual(
        expected,
      );
    }
  });

  it('in short series, constant ones and a step without noise', () => {
    const otava = { preset: 'otava' } as const;
    expect(indices([1.02, 0.95, 0.99, 1, 1.12, 0.9, 0.5, 0.51, 0.48, 0.48, 0.55], otava)).toEqual([6]);
    expect(indices([2.02, 2.03, 2.01, 2.04, 1.82, 1.85, 1.79, 1.81, 1.8, 1.76, 1.78], otava)).toEqual([4]);
    expect(indices(named('asv_time_units.mem_unit'), otava)).toEqual([25]);
    expect(indices(new Array(60).fill(3), otava)).toEqual([]);
    expect(indices([], otava)).toEqual([]);
  });
});

describe('the corrected preset', () => {
  it('finds the step that a single outlier hides from Otava', () => {
    const hidden = named('asv_time_quantity.time_quantity_array_conversion');
    expect(indices(hidden, { preset: 'otava' })).toEqual([]);
    const { changes, setAside } = historyChanges(hidden);
    expect(changes.map((change) => change.index)).toEqual([4, 14, 29]);
    expect(changes[0]?.ratio).toBeGreaterThan(80);
    expect(setAside).toEqual([9]);
    const parse = named('asv_time_units.time_simple_unit_parse');
    expect([indices(parse, { preset: 'otava' }), indices(parse)]).toEqual([[], [10]]);
  });

  it('is silent in noise, where Otava is not', () => {
    const found = { otava: 0, default: 0 };
    for (let seed = 0; seed < 40; seed++) {
      const noise = runs(365, 0.02, 8000 + seed);
      const own = indices(noise).length;
      expect(own).toBeLessThanOrEqual(1);
      found.default += own;
      found.otava += indices(noise, { preset: 'otava' }).length;
    }
    expect(found.default).toBeLessThanOrEqual(2);
    expect(found.otava).toBeGreaterThan(5);
  });

  it('finds a step of 5 % at 1 % noise within one run, with the levels on both sides', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { changes } = historyChanges(runs(80, 0.01, 8100 + seed, 0.95, 60));
      expect(changes.length).toBe(1);
      expect(Math.abs((changes[0]?.index ?? 0) - 60)).toBeLessThanOrEqual(1);
      expect(changes[0]?.ratio).toBeCloseTo(0.95, 1);
      expect(changes[0]?.before).toBeCloseTo(100, -0.5);
    }
  });

  it('is provisional until three runs after the three that it needs', () => {
    const provisional = [2, 3, 5, 6].map((since) => {
      const { changes } = historyChanges(runs(40 + since, 0.005, 82, 0.8, 40));
      return changes.find((change) => change.index === 40)?.provisional;
    });
    expect(provisional).toEqual([undefined, true, true, false]);
  });

  it('does not depend on the unit, and keeps levels of three runs apart from shorter ones', () => {
    const unit = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 5, max: 55 }), unit, (seed, from, scale) => {
        const values = runs(60, 0.02, seed, 1.2, from);
        const found = historyChanges(values);
        expect(indices(values.map((value) => value * scale))).toEqual(found.changes.map((change) => change.index));
        const kept = values.map((_, i) => i).filter((i) => !found.setAside.includes(i));
        const bounds = [0, ...found.changes.map((change) => kept.indexOf(change.index)), kept.length];
        for (let i = 1; i < bounds.length; i++) {
          expect((bounds[i] as number) - (bounds[i - 1] as number)).toBeGreaterThanOrEqual(3);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes series with zeros and below, and nothing that is not a number', () => {
    const shifted = runs(60, 0.02, 83, 1.3, 30).map((value) => value - 100);
    expect(indices(shifted)).toEqual([30]);
    expect(() => historyChanges([1, Number.NaN])).toThrow('not a finite number in the series');
    expect(() => historyChanges([1, 2], { window: 1 })).toThrow('window below 2: 1');
  });
});

describe('isolated outliers', () => {
  const level = Float64Array.from([10, 10.1, 9.9, 10, 10.1, 9.9, 10, 10.1, 9.9, 10, 10.1, 9.9]);
  const with_ = (...spikes: [number, number][]) => {
    const values = level.slice();
    for (const [at, value] of spikes) values[at] = value;
    return isolatedOutliers(values, 0.05);
  };

  it('stand alone, not in pairs and not at the end', () => {
    expect(with_()).toEqual([]);
    expect(with_([0, 20])).toEqual([0]);
    expect(with_([5, 20])).toEqual([5]);
    expect(with_([5, 20], [6, 20])).toEqual([]);
    for (const end of [9, 10, 11]) expect(with_([end, 20])).toEqual([]);
    expect(isolatedOutliers(level.slice(0, 8), 0.05)).toEqual([]);
  });
});
