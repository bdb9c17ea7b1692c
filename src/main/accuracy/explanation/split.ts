import type { PartitionSplit } from '../../../shared/model/comparison.ts';
import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import { type GroupSums, kitagawa } from '../../statistics/decomposition.ts';
import { type GroupDay, kitagawaIntervals } from '../../statistics/decomposition-interval.ts';
import type { RowValue } from '../row-value.ts';
import type { GroupDays } from './group-days.ts';

/** A partition answers for the whole only when at most this share of rows sits in new, vanished or thin groups. */
const MOST_UNSEEN = 0.05;
const THIN = 100;

/**
 * Kitagawa's split over one partition in the metric's unit, and whether the partition may speak for the whole. Only those that may get
 * intervals: resampling thousands of thin groups costs most of the time and decides nothing.
 */
export function splitOf(columns: string[], days: GroupDays, value: RowValue, level: number): PartitionSplit {
  const method = 'kitagawa-day-jackknife@1';
  const before = groupTotals(days.reference);
  const now = groupTotals(days.current);
  const groups = before.n.length > 0 && now.n.length > 0 ? zip(before, now) : [];
  const exact = kitagawa(groups);
  if (!exact) {
    const reason = 'a window has no labelled rows';
    const none = unknownEstimate(reason, method, 0, level);
    return { columns, mix: none, relation: none, unseen: none, admissible: false, reason };
  }
  const thin = thinShare(groups);
  const reason =
    exact.unseenMass > MOST_UNSEEN
      ? `${percent(exact.unseenMass)} of rows are in groups seen on one side only`
      : thin > MOST_UNSEEN
        ? `${percent(thin)} of rows are in groups of fewer than ${THIN} rows`
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

/** Larger share of rows, of the two windows, in groups seen on both sides but too thin on one. */
function thinShare(groups: readonly GroupSums[]): number {
  const thin = groups.filter(({ n0, n1 }) => Math.min(n0, n1) > 0 && Math.min(n0, n1) < THIN);
  const share = (rows: (group: GroupSums) => number): number => {
    const sum = (list: readonly GroupSums[]): number => list.reduce((total, group) => total + rows(group), 0);
    return sum(thin) / sum(groups);
  };
  return Math.max(
    share(({ n0 }) => n0),
    share(({ n1 }) => n1),
  );
}
