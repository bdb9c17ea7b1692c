import type { AccuracyComparison, VersionChange } from '../../../../shared/model/comparison.ts';
import { day } from '../../../../shared/units.ts';

export type Timing = 'before' | 'within' | 'after' | 'unknown';

/** Where a version change stands against the interval of the day it began. */
export const timingOf = ({ at }: Pick<VersionChange, 'at'>, onset: AccuracyComparison['onset']): Timing => {
  if (!onset) return 'unknown';
  if (day(at) < day(onset.low)) return 'before';
  return day(at) > day(onset.high) ? 'after' : 'within';
};
