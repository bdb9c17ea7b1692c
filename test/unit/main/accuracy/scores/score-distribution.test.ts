import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsByScoreOf, scoreDistributionOf } from '../../../../../src/main/accuracy/scores/score-distribution.ts';
import type { ScoreHistogram } from '../../../../../src/main/accuracy/scores/score-histogram.ts';

const fine = 200;

const histogramOf = (cells: readonly { bin: number; window: 0 | 1; n: number; labelled: number }[]): ScoreHistogram => {
  const empty = (): [Float64Array, Float64Array] => [new Float64Array(fine), new Float64Array(fine)];
  const histogram: ScoreHistogram = {
    of: 'score',
    edges: Float64Array.from({ length: fine + 1 }, (_, i) => i / fine),
    predictions: empty(),
    labelled: empty(),
  };
  for (const { bin, window, n, labelled } of cells) {
    histogram.predictions[window][bin] = (histogram.predictions[window][bin] as number) + n;
    histogram.labelled[window][bin] = (histogram.labelled[window][bin] as number) + Math.min(labelled, n);
  }
  return histogram;
};

describe('score distribution', () => {
  it('uses as many bars as the used range allows', () => {
    const narrow = histogramOf([
      { bin: 180, window: 0, n: 30, labelled: 0 },
      { bin: 199, window: 0, n: 10, labelled: 0 },
      { bin: 180, window: 1, n: 5, labelled: 0 },
    ]);
    const { bins, n } = scoreDistributionOf(narrow);
    expect(n).toEqual({ reference: 40, current: 5 });
    expect(bins).toHaveLength(20);
    expect(bins?.[0]).toEqual({ from: 0.9, to: 0.905, reference: 0.75, current: 1 });
    expect(bins?.at(-1)).toEqual({ from: 0.995, to: 1, reference: 0.25, current: 0 });
    const wide = histogramOf([
      { bin: 0, window: 0, n: 1, labelled: 0 },
      { bin: 199, window: 1, n: 1, labelled: 0 },
    ]);
    expect(scoreDistributionOf(wide).bins).toHaveLength(40);
  });

  it('says which side is empty', () => {
    expect(scoreDistributionOf(null)).toMatchObject({ bins: null, reason: 'the predictions have no score' });
    const half = histogramOf([{ bin: 3, window: 0, n: 1, labelled: 0 }]);
    expect(scoreDistributionOf(half)).toMatchObject({ bins: null, reason: 'no score in the current window' });
    expect(labelsByScoreOf(histogramOf([])).reason).toBe('no score in either window');
  });

  it('cuts labels where counts are equal, ties in one piece', () => {
    const tied = histogramOf([
      { bin: 100, window: 0, n: 900, labelled: 450 },
      { bin: 10, window: 0, n: 50, labelled: 50 },
      { bin: 10, window: 1, n: 50, labelled: 0 },
    ]);
    const { bins } = labelsByScoreOf(tied);
    const full = bins?.filter(({ reference }) => reference.predictions > 0);
    expect(full?.map(({ reference }) => reference.share)).toEqual([1, 0.5]);
    expect(full?.[0]?.current).toEqual({ predictions: 50, labelled: 0, share: 0 });
    expect(full?.[1]?.current.share).toBeNull();
  });

  const cells = fc.array(
    fc.record({
      bin: fc.integer({ min: 0, max: fine - 1 }),
      window: fc.constantFrom(0 as const, 1 as const),
      n: fc.integer({ min: 1, max: 1000 }),
      labelled: fc.integer({ min: 0, max: 1000 }),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it('loses nothing: shares add to one, counts to the counts, bins touch', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const histogram = histogramOf([
          { bin: 7, window: 0, n: 1, labelled: 0 },
          { bin: 7, window: 1, n: 1, labelled: 0 },
          ...list,
        ]);
        const { bins } = scoreDistributionOf(histogram);
        for (const window of ['reference', 'current'] as const) {
          expect(bins?.reduce((sum, bin) => sum + bin[window], 0)).toBeCloseTo(1, 9);
        }
        bins?.forEach((bin, i) => {
          if (i > 0) expect(bin.from).toBe(bins[i - 1]?.to);
        });
        const labels = labelsByScoreOf(histogram).bins ?? [];
        expect(labels.length).toBeLessThanOrEqual(10);
        for (const [window, side] of [
          [0, 'reference'],
          [1, 'current'],
        ] as const) {
          const sum = (part: 'predictions' | 'labelled') => labels.reduce((total, bin) => total + bin[side][part], 0);
          expect(sum('predictions')).toBe(histogram.predictions[window].reduce((a, b) => a + b, 0));
          expect(sum('labelled')).toBe(histogram.labelled[window].reduce((a, b) => a + b, 0));
        }
      }),
    );
  });
});
