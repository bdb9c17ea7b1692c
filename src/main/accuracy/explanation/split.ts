import type { PartitionSplit } from '../../../shared/model/comparison.ts';
import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import { type GroupDay, kitagawaIntervals } from '../../statistics/decomposition-interval.ts';
import type { Random } from '../../statistics/random.ts';
import type { RowValue } from '../row-value.ts';
import type { GroupDays } from './group-days.ts';

const REPLICATES = 300;
/** A partition answers for the whole only when at most this share of rows sits in new, vanished or thin groups. */
const MOST_UNSEEN = 0.05;
const THIN = 100;

/** Kitagawa's split over one partition in the metric's unit, and whether the partition may speak for the whole. */
export function splitOf(
  columns: string[],
  days: GroupDays,
  value: RowValue,
  random: Random,
  level: number,
): PartitionSplit {
  const split = kitagawaIntervals({ ...days, random, replicates: REPLICATES, level });
  if (!split) {
    const reason = 'a window has no labelled rows';
    const none = unknownEstimate(reason, 'kitagawa-day-block-bootstrap@1', 0, level);
    return { columns, mix: none, relation: none, unseen: none, admissible: false, reason };
  }
  const scaled = (estimate: Estimate): Estimate => {
    const at = (x: number | null): number | null => (x === null ? null : x * value.scale);
    return { ...estimate, value: at(estimate.value), low: at(estimate.low), high: at(estimate.high) };
  };
  const thin = thinShare(days);
  const reason =
    split.unseenMass > MOST_UNSEEN
      ? `${percent(split.unseenMass)} of rows are in groups seen on one side only`
      : thin > MOST_UNSEEN
        ? `${percent(thin)} of rows are in groups of fewer than ${THIN} rows`
        : undefined;
  return {
    columns,
    mix: scaled(split.mix),
    relation: scaled(split.relation),
    unseen: scaled(split.unseen),
    admissible: reason === undefined,
    ...(reason ? { reason } : {}),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function groupTotals(days: readonly GroupDay[]): Float64Array {
  const sum = new Float64Array(days[0]?.n.length ?? 0);
  for (const day of days) for (let g = 0; g < sum.length; g++) sum[g] = (sum[g] as number) + (day.n[g] as number);
  return sum;
}

/** Larger share of rows, of the two windows, in groups seen on both sides but too thin on one. */
function thinShare({ reference, current }: GroupDays): number {
  const before = groupTotals(reference);
  const now = groupTotals(current);
  const isThin = (g: number): boolean => {
    const fewest = Math.min(before[g] as number, now[g] as number);
    return fewest > 0 && fewest < THIN;
  };
  const share = (side: Float64Array): number => {
    let thin = 0;
    let all = 0;
    side.forEach((n, g) => {
      all += n;
      if (isThin(g)) thin += n;
    });
    return all > 0 ? thin / all : 0;
  };
  return Math.max(share(before), share(now));
}
