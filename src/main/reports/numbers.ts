import type { Estimate } from '../../shared/model/estimate.ts';
import { count, difference, estimateChange, estimateValue, interval, points, type Unit } from '../../shared/units.ts';
import { seen } from './markup/anchor.ts';
import { type Content, type Html, html } from './markup/html.ts';

/** Nothing is left blank: what is not known says so, and why. */
export const unknown = (reason: string | null | undefined): Html =>
  html`<span class="unknown">unknown: ${reason && reason.trim() !== '' ? reason : 'no reason was recorded'}</span>`;

export const valueCell = (estimate: Estimate, unit: Unit): Content =>
  estimate.value === null ? unknown(estimate.reason) : estimateValue(estimate, unit);

export const changeCell = (estimate: Estimate, unit: Unit): Content =>
  estimate.value === null ? unknown(estimate.reason) : estimateChange(estimate, unit);

export const intervalCell = (estimate: Estimate, unit: Unit, kind: 'value' | 'change'): Content =>
  estimate.low === null || estimate.high === null ? 'no interval' : interval(estimate, unit, kind);

/** `94.5 % [94.4, 94.6] %` with its rows, each leading to the table it stands in. */
export const valueText = (estimate: Estimate, unit: Unit, at: string): Html =>
  estimate.value === null ? unknown(estimate.reason) : html`${seen(at, estimateValue(estimate, unit))}`;

export const changeText = (estimate: Estimate, unit: Unit, at: string): Html =>
  estimate.value === null
    ? unknown(estimate.reason)
    : html`${seen(at, estimateChange(estimate, unit))} (${levelText(estimate.level)} interval ${seen(at, intervalCell(estimate, unit, 'change'))})`;

export const levelText = (level: number): string => `${Number((level * 100).toFixed(3))}\u202f%`;

export const countText = (value: number, at: string, noun: string, plural = `${noun}s`): Html =>
  html`${seen(at, count(value))} ${value === 1 ? noun : plural}`;

/** The least and the greatest of several changes: `−20.6 … −20.1 pp`. */
export const changeRange = (estimates: readonly Estimate[], unit: Unit): string | null => {
  const values = estimates.map(({ value }) => value).filter((value): value is number => value !== null);
  if (values.length === 0) return null;
  const print = (value: number) => (unit === 'share' ? points(value) : difference(value));
  const low = print(values.reduce((a, b) => Math.min(a, b)));
  const high = print(values.reduce((a, b) => Math.max(a, b)));
  return low === high ? low : `${low} … ${high}`;
};
