import { studentTCdf } from './distributions.ts';
import { energySplit } from './energy-split.ts';
import { isolatedOutliers } from './isolated-outliers.ts';
import { mean } from './sample.ts';

export interface HistoryChange {
  /** First value of the new level, as an index into the series given. */
  index: number;
  /** Means of the neighbouring levels (geometric where the default preset works on logs), and after / before (null when that is 0). */
  before: number;
  after: number;
  ratio: number | null;
  pValue: number;
  /** Fewer than six runs since it began: the next may take it back. */
  provisional: boolean;
}

export interface HistoryChanges {
  changes: HistoryChange[];
  /** Indices left out of the detection; they stay in the plot. */
  setAside: number[];
  method: 'otava@1' | 'e-divisive-corrected@1';
}

export interface HistorySettings {
  preset?: 'otava' | 'default';
  /** Values looked at together, 2 or more. */
  window?: number;
  maxPValue?: number;
  /** Smallest relative change kept, as max(|b/a - 1|, |a/b - 1|). */
  minMagnitude?: number;
}

/** Fewest values of a level in the corrected preset, and how many more make a change final. */
const SHORTEST = 3;

/** Relative difference below which no run stands apart. */
const SAME = 0.005;

interface Rules {
  /** Delta degrees of freedom of the standard deviations that enter the t-test. */
  ddof: 0 | 1;
  shortest: number;
  /** First point tested again after a removal, counted from it: the left neighbour is -1. */
  retested: -1 | 0;
  /** Values are logs: levels are geometric means. */
  logs: boolean;
  /** Splits that the best was chosen from, by which p is multiplied (Bonferroni). */
  chosenFrom: number;
}

/**
 * Change points of a series of runs by E-divisive means with a t-test (Matteson & James 2014; Fleming et al. 2023, "Hunter"): in windows that move by half their
 * length the split with the largest energy distance is taken while Student's t accepts it at ten times the wanted p, then all are held together and the weakest
 * removed until each passes. Preset `otava` gives the indices of Apache Otava 0.7 with its quirks: standard deviations divide by n but enter as if by n - 1, the
 * best of fifty splits is tested as if it were the only one, and after a removal the left neighbour is not tested again. The default preset corrects all
 * three, works on logs where all values are positive, asks for three values a level and sets isolated outliers aside. Its figures: docs/methods.md.
 * Trends become stairs; runs are taken as independent; split a series by methodology before, a changed workload is not a change.
 * @param series oldest first, any unit; not finite values are an error (RangeError).
 */
export function historyChanges(series: ArrayLike<number>, settings: HistorySettings = {}): HistoryChanges {
  const { preset = 'default', window = 50, maxPValue = 0.001, minMagnitude = 0 } = settings;
  if (!(window >= 2)) throw new RangeError(`window below 2: ${window}`);
  const all = Float64Array.from(series);
  if (all.some((value) => !Number.isFinite(value))) throw new RangeError('not a finite number in the series');
  const rules = preset === 'otava' ? otavaRules : correctedRules(all, window);
  const scaled = rules.logs ? all.map(Math.log) : all;
  const setAside = preset === 'otava' ? [] : isolatedOutliers(scaled, rules.logs ? SAME : SAME * typicalSize(all));
  const apart = new Set(setAside);
  const kept = Int32Array.from(all.keys()).filter((i) => !apart.has(i));
  const values = Float64Array.from(kept, (i) => scaled[i] as number);
  const weak = splits(values, window, firstPass(maxPValue), { ...rules, chosenFrom: 1 });
  const points = strongest(values, weak, maxPValue, minMagnitude, rules);
  return {
    changes: points.map((point) => {
      const [before, after] = rules.logs
        ? [Math.exp(point.before), Math.exp(point.after)]
        : [point.before, point.after];
      return {
        index: kept[point.at] as number,
        before,
        after,
        ratio: before === 0 ? null : after / before,
        pValue: point.pValue,
        provisional: values.length - point.at < 2 * SHORTEST,
      };
    }),
    setAside,
    method: preset === 'otava' ? 'otava@1' : 'e-divisive-corrected@1',
  };
}

const otavaRules: Rules = { ddof: 0, shortest: 1, retested: 0, logs: false, chosenFrom: 1 };

const correctedRules = (series: Float64Array, window: number): Rules => ({
  ddof: 1,
  shortest: SHORTEST,
  retested: -1,
  logs: series.every((value) => value > 0),
  chosenFrom: Math.max(1, Math.min(window, series.length) - 1),
});

/** Splits are collected generously and tested again among their final neighbours. */
function firstPass(maxPValue: number): number {
  if (maxPValue < 0.05) return 10 * maxPValue;
  return maxPValue < 0.5 ? 2 * maxPValue : maxPValue;
}

/** Union of the accepted splits of all windows, ascending. */
function splits(values: Float64Array, window: number, maxPValue: number, rules: Rules): number[] {
  const found = new Set<number>();
  const step = Math.floor(window / 2);
  for (let start = 0; start < values.length; ) {
    const part = values.subarray(start, Math.min(start + window, values.length));
    const inside = splitsOfWindow(part, maxPValue, rules);
    for (const at of inside) found.add(start + at);
    start = Math.max(start + (inside.at(-1) ?? 0), start + step);
  }
  return [...found].sort((a, b) => a - b);
}

function splitsOfWindow(part: Float64Array, maxPValue: number, rules: Rules): number[] {
  const bounds = [0, part.length];
  for (;;) {
    let best: { at: number; gain: number; from: number; to: number } | null = null;
    for (let i = 0; i + 1 < bounds.length; i++) {
      const from = bounds[i] as number;
      const to = bounds[i + 1] as number;
      const split = energySplit(part.subarray(from, to), rules.shortest);
      if (split && (best === null || split.gain > best.gain)) best = { ...split, at: from + split.at, from, to };
    }
    if (best === null) break;
    const { from, at, to } = best;
    if (!(levelTest(part.subarray(from, at), part.subarray(at, to), rules).pValue <= maxPValue)) break;
    bounds.push(at);
    bounds.sort((a, b) => a - b);
  }
  return bounds.slice(1, -1);
}

interface Point {
  at: number;
  before: number;
  after: number;
  pValue: number;
}

/** Removes the weakest point and tests its neighbours again, until every one is significant and large enough. */
function strongest(
  values: Float64Array,
  weak: readonly number[],
  maxPValue: number,
  minMagnitude: number,
  rules: Rules,
): Point[] {
  const test = (before: number, at: number, after: number): Point => ({
    at,
    ...levelTest(values.subarray(before, at), values.subarray(at, after), rules),
  });
  const points = weak.map((at, i) => test(weak[i - 1] ?? 0, at, weak[i + 1] ?? values.length));
  while (points.length > 0) {
    let weakest = indexOfLargest(points, (point) => point.pValue);
    if ((points[weakest] as Point).pValue < maxPValue) {
      weakest = indexOfLargest(points, (point) => -magnitude(point, rules));
      if (magnitude(points[weakest] as Point, rules) > minMagnitude) break;
    }
    points.splice(weakest, 1);
    for (const i of [weakest + rules.retested, weakest + rules.retested + 1]) {
      const point = points[i];
      if (point) points[i] = test(points[i - 1]?.at ?? 0, point.at, points[i + 1]?.at ?? values.length);
    }
  }
  return points;
}

function indexOfLargest(points: readonly Point[], key: (point: Point) => number): number {
  let best = 0;
  points.forEach((point, i) => {
    if (key(point) > key(points[best] as Point)) best = i;
  });
  return best;
}

function magnitude({ before, after }: Point, rules: Rules): number {
  if (rules.logs) return Math.expm1(Math.abs(after - before));
  const relative = (from: number, to: number) => (from === 0 ? 0 : Math.abs(to / from - 1));
  return Math.max(relative(before, after), relative(after, before));
}

/** Means of two levels and Student's two-sided t with pooled variance; p is 1 for equal constants, 0 for different ones. */
function levelTest(left: Float64Array, right: Float64Array, rules: Rules): Omit<Point, 'at'> {
  const before = mean(left);
  const after = mean(right);
  const degrees = left.length + right.length - 2;
  const short = Math.min(left.length, right.length) < rules.shortest;
  if (degrees <= 0 || short) return { before, after, pValue: 1 };
  // Sums of squares, as the pooled variance of standard deviations with this ddof would have them.
  const squares = [left, right].map((side, i) => {
    const centre = i === 0 ? before : after;
    const sum = side.reduce((total, value) => total + (value - centre) ** 2, 0);
    const divisor = side.length - rules.ddof;
    return divisor > 0 ? (sum / divisor) * (side.length - 1) : 0;
  });
  const pooled = ((squares[0] as number) + (squares[1] as number)) / degrees;
  const error = Math.sqrt(pooled * (1 / left.length + 1 / right.length));
  if (error === 0) return { before, after, pValue: before === after ? 1 : 0 };
  const pValue = 2 * studentTCdf(-Math.abs(after - before) / error, degrees);
  return { before, after, pValue: Math.min(1, pValue * rules.chosenFrom) };
}

/** Median of the absolute values. */
function typicalSize(values: Float64Array): number {
  const sizes = values.map(Math.abs).sort();
  return sizes[sizes.length >> 1] ?? 0;
}
