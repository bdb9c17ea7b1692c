import type { PartitionSplit } from '../../../shared/model/comparison.ts';
import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import { type GroupSums, kitagawa } from '../../statistics/decomposition.ts';
import { type GroupDay, kitagawaIntervals } from '../../statistics/decomposition-interval.ts';
import type { RowValue } from '../row-value.ts';
import type { GroupDays } from './group-days.ts';

/** A partition answers for the whole only when at most these shares of rows sit in new or vanished, and in pooled thin groups. */
const MOST_UNSEEN = 0.05;
const MOST_POOLED = 0.2;
const THIN = 100;

/**
 * Kitagawa's split over one partition in the metric's unit, and whether the partition may speak for the whole. Only those that may get
 * intervals: resampling thousands of thin groups costs most of the time and decides nothing.
 */
export function splitOf(columns: string[], fine: GroupDays, value: RowValue, level: number): PartitionSplit {
  const method = 'kitagawa-day-jackknife@1';
  const { days, pooled } = poolThin(fine);
  const before = groupTotals(days.reference);
  const now = groupTotals(days.current);
  const groups = before.n.length > 0 && now.n.length > 0 ? zip(before, now) : [];
  const exact = kitagawa(groups);
  if (!exact) {
    const reason = 'a window has no labelled rows';
    const none = unknownEstimate(reason, method, 0, level);
    return { columns, mix: none, relation: none, unseen: none, admissible: false, reason };
  }
  const reason =
    exact.unseenMass > MOST_UNSEEN
      ? `${percent(exact.unseenMass)} of rows are in groups seen on one side only`
      : pooled > MOST_POOLED
        ? `${percent(pooled)} of rows are in groups of fewer than ${THIN} rows`
        : undefined;
  const split = reason === undefined ? kitagawaIntervals({ ...days, level }) : null;
  const n = Math.min(
    before.n.reduce((a, b) => a + b, 0),
    now.n.reduce((a, b) => a + b, 0),
  );
  const term = (name: 'mix' | 'relation' | 'unseen'): Estimate => {
    const at = (x: number | null): number | null => (x === null ? null : x * value.scale);
    const known = split?.[name] ?? {
      value: exact[name],
      low: null,
      high: null,
      level,
      n,
      method,
      reason: reason ?? '',
    };
    return { ...known, value: at(known.value), low: at(known.low), high: at(known.high) };
  };
  return {
    columns,
    mix: term('mix'),
    relation: term('relation'),
    unseen: term('unseen'),
    admissible: reason === undefined,
    ...(reason ? { reason } : {}),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

interface Totals {
  n: Float64Array;
  k: Float64Array;
}

function groupTotals(days: readonly GroupDay[]): Totals {
  const size = days[0]?.n.length ?? 0;
  const totals = { n: new Float64Array(size), k: new Float64Array(size) };
  for (const day of days) {
    for (let g = 0; g < size; g++) {
      totals.n[g] = (totals.n[g] as number) + (day.n[g] as number);
      totals.k[g] = (totals.k[g] as number) + (day.k[g] as number);
    }
  }
  return totals;
}

const zip = (before: Totals, now: Totals): GroupSums[] =>
  Array.from(before.n, (n0, g) => ({
    n0,
    k0: before.k[g] as number,
    n1: now.n[g] as number,
    k1: now.k[g] as number,
  }));

/** Groups too thin on one side become one, so that a few rare values do not silence a column; returns the share of rows pooled. */
export function poolThin({ reference, current }: GroupDays): { days: GroupDays; pooled: number } {
  const before = groupTotals(reference).n;
  const now = groupTotals(current).n;
  const isThin = (g: number): boolean => {
    const fewest = Math.min(before[g] as number, now[g] as number);
    return fewest > 0 && fewest < THIN;
  };
  const thin = Array.from(before, (_, g) => g).filter(isThin);
  const share = (side: Float64Array): number => {
    const all = side.reduce((a, b) => a + b, 0);
    return all > 0 ? thin.reduce((sum, g) => sum + (side[g] as number), 0) / all : 0;
  };
  const pooled = now.length === before.length ? Math.max(share(before), share(now)) : 0;
  if (thin.length < 2) return { days: { reference, current }, pooled };
  const [into, ...rest] = thin as [number, ...number[]];
  const merge = (values: ArrayLike<number>): Float64Array => {
    const merged = Float64Array.from(values);
    for (const g of rest) {
      merged[into] = (merged[into] as number) + (merged[g] as number);
      merged[g] = 0;
    }
    return merged;
  };
  const mergeDays = (days: readonly GroupDay[]): GroupDay[] => days.map(({ n, k }) => ({ n: merge(n), k: merge(k) }));
  return { days: { reference: mergeDays(reference), current: mergeDays(current) }, pooled };
}
