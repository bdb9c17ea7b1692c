import type { Estimate } from './model/estimate.ts';

/**
 * The only formatters: window, report and command line print the same characters on every machine.
 * Nothing here asks for a locale. A number that is not known prints as `unknown`; the reason stands beside it.
 */

const THIN = '\u202f';
const MINUS = '\u2212';
const unknown = 'unknown';

type Maybe = number | null | undefined;

const known = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value);

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, THIN);

const fixed = (value: number, digits: number): string => {
  const [whole = '0', fraction] = Math.abs(value).toFixed(digits).split('.');
  const text = fraction ? `${grouped(whole)}.${fraction}` : grouped(whole);
  // A rounded zero has no sign: "-0.0" reads as a direction that was not measured.
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
};

const signed = (text: string): string => (text.startsWith(MINUS) || !/[1-9]/.test(text) ? text : `+${text}`);

/** Whole numbers in groups of three: `1 800 000`. */
export const count = (value: Maybe): string => (known(value) ? fixed(Math.round(value), 0) : unknown);

/** A count with its noun: `1 row`, `1 800 rows`. */
export const counted = (value: Maybe, noun: string, plural = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : plural}`;

/** A plain number with a fixed number of decimals, or about four significant figures when none is given. */
export const decimal = (value: Maybe, digits?: number): string => {
  if (!known(value)) return unknown;
  if (digits !== undefined) return fixed(value, digits);
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -5 || magnitude > 11) return value.toExponential(2).replace('-', MINUS).replace('e-', `e${MINUS}`);
  return fixed(value, Math.min(8, Math.max(0, 3 - magnitude)));
};

/** A share as percent: 0.945 -> `94.5 %`. */
export const percent = (share: Maybe, digits = 1): string =>
  known(share) ? `${fixed(share * 100, digits)}${THIN}%` : unknown;

/** A difference of shares in percentage points, always with its sign: -0.231 -> `−23.1 pp`. */
export const points = (difference: Maybe, digits = 1): string =>
  known(difference) ? `${signed(fixed(difference * 100, digits))}${THIN}pp` : unknown;

/** A difference of plain numbers, always with its sign. */
export const difference = (value: Maybe, digits?: number): string =>
  known(value) ? signed(decimal(value, digits)) : unknown;

export const pValue = (p: Maybe): string => {
  if (!known(p)) return unknown;
  if (p < 0.0001) return `p <${THIN}0.0001`;
  return `p =${THIN}${p.toFixed(p < 0.01 ? 4 : 3)}`;
};

export const bytes = (value: Maybe): string => {
  if (!known(value)) return unknown;
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let rest = value;
  let step = 0;
  while (rest >= 999.5 && step < names.length - 1) {
    rest /= 1000;
    step++;
  }
  return `${fixed(rest, step === 0 || rest >= 100 ? 0 : 1)}${THIN}${names[step]}`;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** A span of time, two units at most: `850 ms`, `4.2 s`, `3 min 05 s`, `2 h 10 min`, `3 d 4 h`. */
export const duration = (ms: Maybe): string => {
  if (!known(ms)) return unknown;
  if (ms < 0) return `${MINUS}${duration(-ms)}`;
  if (ms < 999.5) return `${fixed(ms, 0)}${THIN}ms`;
  if (ms < 59_950) return `${fixed(ms / 1000, 1)}${THIN}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${THIN}min ${two(seconds % 60)}${THIN}s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1440) return `${Math.floor(minutes / 60)}${THIN}h ${two(minutes % 60)}${THIN}min`;
  const hours = Math.round(ms / 3_600_000);
  return `${Math.floor(hours / 24)}${THIN}d ${hours % 24}${THIN}h`;
};

export const days = (value: Maybe, digits = 1): string =>
  known(value) ? `${fixed(value, digits)}${THIN}${value === 1 ? 'day' : 'days'}` : unknown;

const parsed = (iso: string | null | undefined): Date | null => {
  if (!iso) return null;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** `2026-03-01`; a calendar day stays what it is, an instant is cut in UTC. */
export const day = (iso: string | null | undefined): string => {
  if (iso && /^\d{4,6}-\d{2}-\d{2}$/.test(iso)) return iso;
  return parsed(iso)?.toISOString().slice(0, 10) ?? unknown;
};

/** `2026-03-01 14:05 UTC` */
export const instant = (iso: string | null | undefined): string => {
  const date = parsed(iso);
  return date ? `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC` : unknown;
};

/** `14:05`, in UTC: for a scale whose day is said beside it. */
export const timeOfDay = (iso: string | null | undefined): string =>
  parsed(iso)?.toISOString().slice(11, 16) ?? unknown;

/** Inclusive days: `2026-03-01 … 2026-03-28`. */
export const dayRange = (from: string, to: string): string => (from === to ? day(from) : `${day(from)} … ${day(to)}`);

/** What a number counts: a share is printed in percent, its change in points. */
export type Unit = 'share' | 'number';

const plainMetrics = /^(mcc|log_?loss|brier|ece|mae|rmse|mse|r2|bias|pinball|roc_auc|average_precision|calibration_)/i;

/** Proportion-like metrics print as percent; scores and errors as plain numbers. */
export const unitOf = (metric: string): Unit => (plainMetrics.test(metric) ? 'number' : 'share');

const metricNames: Record<string, string> = {
  accuracy: 'Accuracy',
  balanced_accuracy: 'Balanced accuracy',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  mcc: 'Matthews correlation',
  roc_auc: 'ROC AUC',
  average_precision: 'Average precision',
  log_loss: 'Log loss',
  brier: 'Brier score',
  ece: 'Calibration error (ECE)',
  ece_equal_count: 'Calibration error (ECE, equal counts)',
  calibration_slope: 'Calibration slope',
  calibration_intercept: 'Calibration intercept',
  pinball: 'Pinball loss',
  mae: 'Mean absolute error',
  rmse: 'Root mean squared error',
  r2: 'R²',
  bias: 'Bias',
};

/** The name a person reads; unknown metrics keep their id. */
export const metricName = (metric: string): string => {
  const [, base = metric, average] = /^(.+)_(macro|micro|weighted)$/.exec(metric) ?? [];
  const name = metricNames[base] ?? base.replaceAll('_', ' ');
  return average ? `${name}, ${average}` : name;
};

/** Decimals that leave two figures of the interval's width visible. */
export const digitsFor = (low: Maybe, high: Maybe, unit: Unit): number => {
  const scale = unit === 'share' ? 100 : 1;
  const fallback = unit === 'share' ? 1 : 4;
  if (!known(low) || !known(high) || high <= low) return fallback;
  const digits = 1 - Math.floor(Math.log10((high - low) * scale));
  return Math.min(unit === 'share' ? 4 : 6, Math.max(unit === 'share' ? 1 : 2, digits));
};

type Span = Pick<Estimate, 'value' | 'low' | 'high'>;

/** The value of an estimate at the precision its interval supports. */
export const estimateValue = (estimate: Span, unit: Unit): string => {
  const digits = digitsFor(estimate.low, estimate.high, unit);
  return unit === 'share' ? percent(estimate.value, digits) : decimal(estimate.value, digits);
};

/** The same for a change: signed, in points or plain. */
export const estimateChange = (estimate: Span, unit: Unit): string => {
  const digits = digitsFor(estimate.low, estimate.high, unit);
  return unit === 'share' ? points(estimate.value, digits) : difference(estimate.value, digits);
};

/** `[93.9, 95.1] %`, or for a change `[−24.0, −22.1] pp`. */
export const interval = (estimate: Span, unit: Unit, kind: 'value' | 'change' = 'value'): string => {
  if (!known(estimate.low) || !known(estimate.high)) return 'no interval';
  const digits = digitsFor(estimate.low, estimate.high, unit);
  const scale = unit === 'share' ? 100 : 1;
  const print = (value: number): string => {
    const text = fixed(value * scale, digits);
    return kind === 'change' ? signed(text) : text;
  };
  const suffix = unit === 'number' ? '' : `${THIN}${kind === 'change' ? 'pp' : '%'}`;
  return `[${print(estimate.low)}, ${print(estimate.high)}]${suffix}`;
};

/** A relative change of a ratio, always with its sign: 0.953 -> `−4.7 %`. */
export const relative = (ratio: Maybe, digits = 1): string =>
  known(ratio) ? `${signed(fixed((ratio - 1) * 100, digits))}${THIN}%` : unknown;

/** The interval of a ratio as a relative change: `[−6.1, −3.2] %`. */
export const relativeInterval = ({ low, high }: Pick<Estimate, 'low' | 'high'>, digits = 1): string => {
  if (!known(low) || !known(high)) return 'no interval';
  const print = (ratio: number): string => signed(fixed((ratio - 1) * 100, digits));
  return `[${print(low)}, ${print(high)}]${THIN}%`;
};

/** A value with its unit, about four significant figures: `12.34 ms`. */
export const quantity = (value: Maybe, unit: string): string =>
  known(value) ? `${decimal(value)}${unit === '' ? '' : THIN}${unit}` : unknown;

/** Time left at the pace so far, null before there is a pace. */
export const timeLeftMs = (done: number, total: number | null, elapsedMs: number): number | null =>
  total !== null && done > 0 && total >= done && elapsedMs > 0 ? (elapsedMs / done) * (total - done) : null;
