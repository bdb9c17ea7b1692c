import type { LabelsByScore, ScoreDistribution } from '../../../shared/model/score.ts';
import type { ScoreHistogram } from './score-histogram.ts';

const MOST_BARS = 50;
/** Fine bins per bar: whole parts of a tenth, so that edges read well. */
const WIDTHS = [1, 2, 5, 10];
const METHOD = 'equal-width histogram of every prediction@1';
const LABEL_BINS = 10;
const LABEL_METHOD = `labelled share on ${LABEL_BINS} bins of about equal counts@1`;
const NO_SCORE = 'the predictions have no score';

interface Merged {
  from: number;
  to: number;
  predictions: [number, number];
  labelled: [number, number];
}

/** Shares per bar in both windows, on as many bars as the used range allows; null without predictions on either side. */
export function scoreDistributionOf(histogram: ScoreHistogram | null): ScoreDistribution {
  const none = { of: null, bins: null, n: { reference: 0, current: 0 }, method: METHOD };
  if (!histogram) return { ...none, reason: NO_SCORE };
  const [reference, current] = histogram.predictions.map(total) as [number, number];
  const n = { reference, current };
  if (reference === 0 || current === 0) {
    return { ...none, n, reason: `no ${histogram.of} in the ${reference === 0 ? 'reference' : 'current'} window` };
  }
  const used = usedRange(histogram);
  const width = WIDTHS.find((one) => used.to - used.from <= one * MOST_BARS) ?? (WIDTHS.at(-1) as number);
  const bars = merge(histogram, (bin) => Math.floor(bin / width)).filter(
    (bar) => bar.to > (histogram.edges[used.from] as number) && bar.from < (histogram.edges[used.to] as number),
  );
  return {
    of: histogram.of,
    bins: bars.map(({ from, to, predictions }) => ({
      from,
      to,
      reference: predictions[0] / reference,
      current: predictions[1] / current,
    })),
    n,
    method: METHOD,
    reason: null,
  };
}

/** Labelled share by score in both windows; bins cut where both windows together have equal counts, ties never split. */
export function labelsByScoreOf(histogram: ScoreHistogram | null): LabelsByScore {
  const none = { of: null, bins: null, method: LABEL_METHOD };
  if (!histogram) return { ...none, reason: NO_SCORE };
  const counts = histogram.edges.slice(1).map((_, bin) => both(histogram, bin));
  const all = total(counts);
  if (all === 0) return { ...none, reason: `no ${histogram.of} in either window` };
  let seen = 0;
  const binOf = Array.from(counts, (n) => {
    const bin = Math.min(LABEL_BINS - 1, Math.floor(((seen + n / 2) / all) * LABEL_BINS));
    seen += n;
    return bin;
  });
  const part = (one: Merged, window: 0 | 1) => ({
    predictions: one.predictions[window],
    labelled: one.labelled[window],
    share: one.predictions[window] > 0 ? one.labelled[window] / one.predictions[window] : null,
  });
  return {
    of: histogram.of,
    bins: merge(histogram, (bin) => binOf[bin] as number)
      .filter(({ predictions }) => predictions[0] + predictions[1] > 0)
      .map((one) => ({ from: one.from, to: one.to, reference: part(one, 0), current: part(one, 1) })),
    method: LABEL_METHOD,
    reason: null,
  };
}

const total = (counts: Float64Array): number => counts.reduce((sum, n) => sum + n, 0);

const both = ({ predictions }: ScoreHistogram, bin: number): number =>
  (predictions[0][bin] as number) + (predictions[1][bin] as number);

/** Fine bins from the first to after the last that holds anything. */
function usedRange(histogram: ScoreHistogram): { from: number; to: number } {
  const bins = histogram.edges.length - 1;
  let from = 0;
  let to = bins;
  while (from < to - 1 && both(histogram, from) === 0) from += 1;
  while (to > from + 1 && both(histogram, to - 1) === 0) to -= 1;
  return { from, to };
}

/** Neighbouring fine bins with the same key as one. */
function merge(histogram: ScoreHistogram, keyOf: (bin: number) => number): Merged[] {
  const merged: Merged[] = [];
  let open: number | null = null;
  for (let bin = 0; bin + 1 < histogram.edges.length; bin++) {
    const key = keyOf(bin);
    if (key !== open) {
      merged.push({ from: histogram.edges[bin] as number, to: 0, predictions: [0, 0], labelled: [0, 0] });
      open = key;
    }
    const one = merged.at(-1) as Merged;
    one.to = histogram.edges[bin + 1] as number;
    for (const window of [0, 1] as const) {
      one.predictions[window] += histogram.predictions[window][bin] as number;
      one.labelled[window] += histogram.labelled[window][bin] as number;
    }
  }
  return merged;
}
