import { type Measured, measured, share, unmeasured } from './measured.ts';

export type { Measured } from './measured.ts';

/** classes x classes weighted counts, row-major: row = actual, column = predicted. */
export interface ConfusionMatrix {
  classes: number;
  counts: Float64Array;
}

/** One class against the rest, or how to average over classes. */
export type Average = { positive: number } | 'macro' | 'micro' | 'weighted';

/** What every metric here needs of a confusion matrix: 3 x classes numbers instead of classes^2, and they add over days. */
export interface Margins {
  total: number;
  hits: Float64Array;
  actual: Float64Array;
  predicted: Float64Array;
}

export type Classified = ConfusionMatrix | Margins;

function margins(classified: Classified): Margins {
  if ('hits' in classified) return classified;
  const { classes, counts } = classified;
  const hits = new Float64Array(classes);
  const actual = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const count = counts[i * classes + j] as number;
      total += count;
      actual[i] = (actual[i] as number) + count;
      predicted[j] = (predicted[j] as number) + count;
      if (i === j) hits[i] = count;
    }
  }
  return { total, hits, actual, predicted };
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** Share of rows on the diagonal; equals scikit-learn's accuracy_score. */
export function accuracy(matrix: Classified): Measured {
  const { total, hits } = margins(matrix);
  return share(sum(hits), total, 'no labelled rows');
}

/** Mean recall over the classes that occur among the labels, as scikit-learn's balanced_accuracy_score. */
export function balancedAccuracy(matrix: Classified): Measured {
  const { hits, actual } = margins(matrix);
  let recalls = 0;
  let classes = 0;
  for (let i = 0; i < actual.length; i++) {
    if ((actual[i] as number) === 0) continue;
    recalls += (hits[i] as number) / (actual[i] as number);
    classes += 1;
  }
  return share(recalls, classes, 'no labelled rows');
}

type PerClass = (hits: number, predicted: number, actual: number) => Measured;

/**
 * Averages a per-class score. Classes with neither labels nor predictions are left out of macro (scikit-learn's label union);
 * classes of weight 0 are left out of weighted; one undefined class makes the average undefined, where scikit-learn would
 * warn and put 0.
 */
function averaged(matrix: Classified, average: Average, score: PerClass): Measured {
  const { total, hits, actual, predicted } = margins(matrix);
  if (!(total > 0)) return unmeasured('no labelled rows');
  const ofClass = (i: number): Measured => score(hits[i] as number, predicted[i] as number, actual[i] as number);
  if (typeof average === 'object') {
    const index = average.positive;
    return index >= 0 && index < actual.length ? ofClass(index) : unmeasured(`no such class: ${index}`);
  }
  if (average === 'micro') return score(sum(hits), total, total);
  let weighted = 0;
  let weights = 0;
  for (let i = 0; i < actual.length; i++) {
    const support = actual[i] as number;
    const weight = average === 'macro' ? Number(support + (predicted[i] as number) > 0) : support;
    if (weight === 0) continue;
    const one = ofClass(i);
    if (one.value === null) return unmeasured(`${one.reason}, class index: ${i}`);
    weighted += weight * one.value;
    weights += weight;
  }
  return share(weighted, weights, 'no labelled rows');
}

/** Right predictions of a class over all predictions of it; null where a class that counts was never predicted. */
export function precision(matrix: Classified, average: Average): Measured {
  return averaged(matrix, average, (hits, predicted) => share(hits, predicted, 'never predicted'));
}

/** Right predictions of a class over its labels; null where a class that counts has no labels. */
export function recall(matrix: Classified, average: Average): Measured {
  return averaged(matrix, average, (hits, _, actual) => share(hits, actual, 'no labels of this class'));
}

/** 2 TP / (2 TP + FP + FN): truly 0 for a class that occurs but is never predicted (as scikit-learn), null only when it is in neither. */
export function f1(matrix: Classified, average: Average): Measured {
  return averaged(matrix, average, (hits, predicted, actual) =>
    share(2 * hits, predicted + actual, 'class neither labelled nor predicted'),
  );
}

/**
 * Matthews correlation, R_K for more than two classes (Gorodkin 2004), -1..1.
 * Null when labels or predictions hold a single class: the correlation is 0/0 there, scikit-learn returns 0.
 */
export function mcc(matrix: Classified): Measured {
  const { total, hits, actual, predicted } = margins(matrix);
  if (!(total > 0)) return unmeasured('no labelled rows');
  // Shares instead of counts: products of counts would leave 2^53 on 100 M rows.
  let agreement = sum(hits) / total;
  let spreadActual = 1;
  let spreadPredicted = 1;
  for (let i = 0; i < actual.length; i++) {
    const a = (actual[i] as number) / total;
    const p = (predicted[i] as number) / total;
    agreement -= a * p;
    spreadActual -= a * a;
    spreadPredicted -= p * p;
  }
  const single = (counts: Float64Array): boolean => counts.filter((count) => count > 0).length < 2;
  if (single(actual)) return unmeasured('only one class among the labels');
  if (single(predicted)) return unmeasured('only one class among the predictions');
  return measured(agreement / Math.sqrt(spreadActual * spreadPredicted));
}
