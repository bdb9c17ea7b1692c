import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  calibrationLine,
  ece,
  equalCountBins,
  equalWidthBins,
  isotonic,
  scoresFromCounts,
} from '../../../../src/main/statistics/calibration.ts';
import * as classification from '../../../../src/main/statistics/classification.ts';
import * as distance from '../../../../src/main/statistics/distance.ts';
import * as distributions from '../../../../src/main/statistics/distributions.ts';
import * as presets from '../../../../src/main/statistics/drift-presets.ts';
import { kolmogorovExact } from '../../../../src/main/statistics/kolmogorov.ts';
import { benjaminiHochberg, holm } from '../../../../src/main/statistics/multiplicity.ts';
import { clopperPearson, newcombe, wilson } from '../../../../src/main/statistics/proportion.ts';
import { rankingFromCounts } from '../../../../src/main/statistics/ranking.ts';
import * as regression from '../../../../src/main/statistics/regression.ts';

// biome-ignore lint/suspicious/noExplicitAny: arguments come from a JSON file, one shape per function
type Arguments = any[];
interface Case {
  function: string;
  args: Arguments;
  expected: number | number[];
}
type Limits = { low: number | null; high: number | null };
type Answer = number | null | (number | null)[];

const limits = ({ low, high }: Limits): Answer => [low, high];
const matrix = (classes: number, counts: number[]) => ({ classes, counts: Float64Array.from(counts) });
const preset =
  (measure: (counts: presets.ValueCounts) => { value: number | null }) =>
  (x: number[], reference: number[], current: number[]): Answer =>
    measure({ x, reference, current }).value;

/** numpy's bin rules see only the values that occur. */
function shapeOf(x: number[], counts: number[]) {
  const used = x.filter((_, i) => (counts[i] as number) > 0);
  return { n: counts.reduce((a, b) => a + b, 0), min: used[0] as number, max: used.at(-1) as number };
}

const bins = (score: number[], positives: number[], negatives: number[]) =>
  score.map((value, i) => {
    const n = (positives[i] as number) + (negatives[i] as number);
    return { n, sumScore: n * value, sumPositive: positives[i] as number };
  });

const averages = {
  precision: classification.precision,
  recall: classification.recall,
  f1: classification.f1,
};
const averaged =
  (name: 'precision' | 'recall' | 'f1') => (classes: number, counts: number[], average: classification.Average) =>
    averages[name](matrix(classes, counts), average).value;

const answers: Record<string, (...args: Arguments) => Answer> = {
  normalCdf: distributions.normalCdf,
  normalQuantile: distributions.normalQuantile,
  logGamma: distributions.logGamma,
  regularisedBeta: distributions.regularisedBeta,
  betaQuantile: distributions.betaQuantile,
  studentTCdf: distributions.studentTCdf,
  studentTQuantile: distributions.studentTQuantile,
  chiSquareSurvival: distributions.chiSquareSurvival,
  kolmogorovSurvival: distributions.kolmogorovSurvival,
  kolmogorovExact,
  wasserstein: (x, a, b) => distance.wasserstein(x, a, b).value,
  kolmogorovSmirnov: (a, b) => {
    const test = distance.kolmogorovSmirnov(a, b);
    return [test?.statistic ?? null, test?.pValue ?? null];
  },
  jensenShannon: (p, q, base) => distance.jensenShannon(p, q, { base }).distance.value,
  populationStability: (p, q, zeroFill) => distance.populationStability(p, q, zeroFill ? { zeroFill } : {}).value,
  totalVariation: (p, q) => distance.totalVariation(p, q).value,
  sturgesEdges: (x, counts) => Array.from(distance.sturgesEdges(shapeOf(x, counts))),
  doaneEdges: (x, counts) =>
    Array.from(distance.doaneEdges(shapeOf(x, counts), distance.momentsFromCounts(x, counts)?.skewness ?? null)),
  histogramOnEdges: (x, counts, edges) => Array.from(distance.histogramOnEdges(x, counts, Float64Array.from(edges))),
  evidentlyPsi: preset(presets.evidentlyPsi),
  evidentlyJensenShannon: preset(presets.evidentlyJensenShannon),
  evidentlyWasserstein: preset(presets.evidentlyWasserstein),
  nannymlJensenShannon: preset(presets.nannymlJensenShannon),
  benjaminiHochberg,
  holm,
  wilson: (k, n, level) => limits(wilson(k, n, level)),
  clopperPearson: (k, n, level) => limits(clopperPearson(k, n, level)),
  newcombe: (k1, n1, k0, n0, level) => limits(newcombe(k1, n1, k0, n0, level)),
  accuracy: (classes, counts) => classification.accuracy(matrix(classes, counts)).value,
  balancedAccuracy: (classes, counts) => classification.balancedAccuracy(matrix(classes, counts)).value,
  mcc: (classes, counts) => classification.mcc(matrix(classes, counts)).value,
  precision: averaged('precision'),
  recall: averaged('recall'),
  f1: averaged('f1'),
  ranking: (score, positives, negatives) => {
    const { auc, averagePrecision } = rankingFromCounts(score, positives, negatives);
    return [auc.value, averagePrecision.value, auc.variance];
  },
  weightedRanking: (score, positives, negatives) => {
    const { auc, averagePrecision } = rankingFromCounts(score, positives, negatives);
    return [auc.value, averagePrecision.value];
  },
  scores: (score, positives, negatives) => {
    const { brier, logLoss } = scoresFromCounts(score, positives, negatives);
    return [brier.value, logLoss.value];
  },
  eceEqualWidth: (score, positives, negatives, count) =>
    ece(equalWidthBins(bins(score, positives, negatives), count)).value,
  eceEqualCount: (score, positives, negatives, count) =>
    ece(equalCountBins(bins(score, positives, negatives), count)).value,
  calibrationLine: (score, positives, negatives) => {
    const { slope, intercept } = calibrationLine(bins(score, positives, negatives));
    return [slope.value, intercept.value, slope.low, slope.high];
  },
  isotonic: (x, y, w, at) => at.map((value: number) => isotonic(x, y, w)?.predict(value) ?? null),
  regression: (sums) =>
    [regression.mae, regression.rmse, regression.bias, regression.r2, regression.pinball].map(
      (metric) => metric(sums).value,
    ),
};

/** Relative 1e-9; where the true value is 0 or many digits cancel, absolute 1e-12. */
function close(got: number | null, wanted: number): boolean {
  return (
    got !== null && Math.abs(got - wanted) <= Math.max(1e-9 * Math.abs(wanted), Math.abs(wanted) > 1e-6 ? 1e-12 : 0)
  );
}

for (const source of ['scipy', 'sklearn']) {
  const path = new URL(`../../../fixtures/known-answers/${source}.json`, import.meta.url);
  const { cases, versions } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[]; versions: object };
  describe(`known answers of ${JSON.stringify(versions)}`, () => {
    for (const name of new Set(cases.map((one) => one.function))) {
      it(name, () => {
        for (const { args, expected } of cases.filter((one) => one.function === name)) {
          const got = [answers[name]?.(...args)].flat() as (number | null)[];
          const wanted = [expected].flat();
          expect(got.length).toBe(wanted.length);
          wanted.forEach((value, i) => {
            expect(
              close(got[i] as number | null, value),
              `${name}(${JSON.stringify(args)})[${i}]: ${got[i]}, not ${value}`,
            ).toBe(true);
          });
        }
      });
    }
  });
}
