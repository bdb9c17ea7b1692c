import type { DatasetDetail } from '../../../../shared/model/dataset-detail.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import type { WindowRange } from '../../../../shared/model/window.ts';
import { dayRange, type Unit, unitOf } from '../../../../shared/units.ts';
import { type CompareSearch, rangeOf } from './compare-search.ts';

/** What is fixed before looking, as typed. */
export interface WindowsDraft {
  reference: WindowRange;
  current: WindowRange;
  metric: string;
  delta: string;
  asOf: string;
  minCell: string;
}

export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // February 30 would roll over into March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

export const shiftDay = (day: string, by: number): string =>
  isDay(day) ? new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10) : day;

const rangeFaults = (name: string, { from, to }: WindowRange, detail: DatasetDetail): string[] => {
  const odd = [from, to].find((day) => !isDay(day));
  if (odd !== undefined) return [`The ${name} window needs days such as 2026-03-01, not “${odd}”.`];
  if (from > to) return [`The ${name} window ends before it begins.`];
  if (to < detail.firstDay || from > detail.lastDay) {
    return [`The ${name} window lies outside the data, ${dayRange(detail.firstDay, detail.lastDay)}.`];
  }
  return [];
};

/** A tolerance as typed, in points for shares and plainly otherwise; undefined is the usual one, null is none. */
export const deltaOf = (text: string, unit: Unit): number | null | undefined => {
  if (text.trim() === '') return undefined;
  const value = Number(text.replace(/%|pp/g, '').trim());
  if (!Number.isFinite(value) || value <= 0) return null;
  return Number((unit === 'share' ? value / 100 : value).toPrecision(12));
};

/** What the tolerance is when nothing is said: metrics without a fixed range have none that could be typed here. */
export const usualDelta = (metric: string): string => {
  if (unitOf(metric) === 'share') return '1';
  return ['log_loss', 'mae', 'rmse', 'bias', 'pinball'].includes(metric) ? '' : '0.01';
};

/** What still keeps the comparison from running, one sentence each. */
export const windowFaults = (draft: WindowsDraft, detail: DatasetDetail, unit: Unit): string[] => {
  const faults = [
    ...rangeFaults('reference', draft.reference, detail),
    ...rangeFaults('current', draft.current, detail),
  ];
  if (faults.length === 0 && draft.reference.from <= draft.current.to && draft.current.from <= draft.reference.to) {
    faults.push('The two windows overlap; a day can be on one side only.');
  }
  if (deltaOf(draft.delta, unit) === null) faults.push('The tolerance must be a number above 0.');
  if (!/^\d+$/.test(draft.minCell) || Number(draft.minCell) < 2)
    faults.push('The smallest cell must be a whole number of at least 2.');
  if (draft.asOf.trim() !== '' && Number.isNaN(Date.parse(draft.asOf))) {
    faults.push('“As of” must be a day or an instant such as 2026-03-01T00:00:00Z.');
  }
  return faults;
};

export const requestFrom = (dataset: string, draft: WindowsDraft, unit: Unit): CompareRequest => {
  const delta = deltaOf(draft.delta, unit);
  return {
    dataset,
    reference: draft.reference,
    current: draft.current,
    metric: draft.metric,
    ...(delta ? { delta } : {}),
    minCell: Number(draft.minCell),
    depth: 2,
    seed: 1,
    ...(draft.asOf.trim() === '' ? {} : { asOf: draft.asOf.trim() }),
  };
};

/** What the address says, else what was suggested, else the defaults. */
export const draftFrom = (
  search: Partial<CompareSearch>,
  suggested: { reference: WindowRange; current: WindowRange },
  usualMetric: string,
): WindowsDraft => {
  const metric = search.metric ?? usualMetric;
  const scale = unitOf(metric) === 'share' ? 100 : 1;
  return {
    reference: search.ref ? rangeOf(search.ref) : suggested.reference,
    current: search.cur ? rangeOf(search.cur) : suggested.current,
    metric,
    delta: search.delta === undefined ? usualDelta(metric) : String(Number((search.delta * scale).toPrecision(12))),
    asOf: search.asOf ?? '',
    minCell: String(search.minCell ?? 100),
  };
};
