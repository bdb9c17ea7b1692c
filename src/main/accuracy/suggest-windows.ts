import { WorkbenchError } from '../../shared/errors.ts';
import type { Timeline } from '../../shared/model/dataset.ts';
import type { WindowRange } from '../../shared/model/window.ts';

/**
 * The comparison to begin with: the last third of the days that have predictions against everything before them.
 * A person moves the windows afterwards; this only has to be the same every time.
 */
export const suggestWindows = (days: Timeline['days']): { reference: WindowRange; current: WindowRange } => {
  const used = days.filter(({ predictions }) => predictions > 0).map(({ day }) => day);
  const first = used[0];
  const last = used.at(-1);
  const split = used.length - Math.max(1, Math.floor(used.length / 3));
  const before = used[split - 1];
  const after = used[split];
  if (first === undefined || last === undefined || before === undefined || after === undefined) {
    throw new WorkbenchError('BAD_INPUT', `two windows need predictions on at least two days, found: ${used.length}`);
  }
  return { reference: { from: first, to: before }, current: { from: after, to: last } };
};
