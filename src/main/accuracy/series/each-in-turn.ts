import { Cancelled } from '../../../shared/errors.ts';
import type { Work } from '../../../shared/model/progress.ts';

/** `of` one item after the other; between two, other work of the process has its turn, and a cancelled one stops. */
export async function eachInTurn<Item, Result>(
  items: readonly Item[],
  work: Work,
  of: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (work.signal.aborted) throw new Cancelled();
    results.push(of(item, index));
  }
  return results;
}
