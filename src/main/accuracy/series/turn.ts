import { Cancelled } from '../../../shared/errors.ts';
import type { Work } from '../../../shared/model/progress.ts';

/** Lets other work of the process have its turn between two chunks, and stops when cancelled. */
export async function turn(work: Work): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (work.signal.aborted) throw new Cancelled();
}
