import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { energySplit } from '../../../../src/main/statistics/energy-split.ts';
import { fiellerRatio } from '../../../../src/main/statistics/fieller.ts';
import { earlyStoppingQueries } from '../../../../src/main/statistics/loadgen.ts';
import { mannWhitney } from '../../../../src/main/statistics/mann-whitney.ts';
import {
  fewestForPercentile,
  harrellDavis,
  orderStatisticRanks,
  sortedQuantile,
} from '../../../../src/main/statistics/percentile.ts';
import { createRandom } from '../../../../src/main/statistics/random.ts';
import { compareRuns, tailBeyond } from '../../../../src/main/statistics/run-comparison.ts';
import { noiseFloor, runsNeeded } from '../../../../src/main/statistics/run-planning.ts';
import { runVerdict } from '../../../../src/main/statistics/run-verdict.ts';
import { mser5 } from '../../../../src/main/statistics/steady-state.ts';

const ascending = (values: number[]) => Float64Array.from(values).sort();

/** Welch's interval alone: what the wider of both starts from. */
function welch(baseline: number[], candidate: number[]) {
  const change = compareRuns(baseline, candidate, { random: createRandom(1), replicates: 200 });
  if (change === null) throw new Error('too few runs');
  return change;
}

// biome-ignore lint/suspicious/noExplicitAny: arguments come from a JSON file, one shape per function
const answers: Record<string, (...args: any[]) => unknown> = {
  type7: (values, p) => sortedQuantile(ascending(values), p),
  harrellDavis: (values, p) => harrellDavis(ascending(values), p),
  fewestForPercentile: (p) => fewestForPercentile(p),
  orderStatisticRanks: (n, p) => Object.values(orderStatisticRanks(n, p) ?? {}),
  welchLog: (baseline, candidate) => {
    const change = welch(baseline, candidate);
    const { value, low, high, degrees, method } = change;
    return method === 'welch-log@1' ? [value, low, high, degrees] : [value, null, null, degrees];
  },
  tailBeyond: (baseline, candidate, margin) => tailBeyond(welch(baseline, candidate), margin, 'up'),
  tost: (baseline, candidate, delta) =>
    runVerdict(welch(baseline, candidate), { delta, direction: 'lower-is-better' }).verdict,
  fieller: (numerator, denominator) => {
    const { value, low, high } = fiellerRatio(numerator, denominator);
    return [value, low, high];
  },
  runsNeeded: (spread, gap) => runsNeeded(spread, gap),
  noiseFloor: (ratios) => noiseFloor(ratios).value,
  mannWhitney: (x, y) => {
    const test = mannWhitney(x, y);
    return [test?.u, test?.pValue];
  },
  mser5: (values) => Object.values(mser5(values)),
  earlyStoppingQueries,
  energySplit: (values) => Object.values(energySplit(Float64Array.from(values), 1) ?? {}),
};

const path = new URL('../../../fixtures/known-answers/runs.json', import.meta.url);
const { cases, versions } = JSON.parse(readFileSync(path, 'utf8')) as {
  cases: { function: string; args: unknown[]; expected: unknown }[];
  versions: object;
};

describe(`known answers of ${JSON.stringify(versions)}`, () => {
  it.each([...new Set(cases.map((one) => one.function))])('%s', (name) => {
    for (const { args, expected } of cases.filter((one) => one.function === name)) {
      const got = [answers[name]?.(...args)].flat();
      const wanted = [expected].flat();
      expect(got.length).toBe(wanted.length);
      wanted.forEach((value, i) => {
        // A limit that the bootstrap may have widened is checked in run-comparison.test.ts.
        if (got[i] === null) return;
        if (typeof value !== 'number') expect(got[i]).toBe(value);
        else
          expect(Math.abs((got[i] as number) - value), `${name} ${i}`).toBeLessThanOrEqual(
            1e-9 * Math.abs(value) + 1e-13,
          );
      });
    }
  });
});
