import { randomUUID } from 'node:crypto';

/** Time and chance as the outside world gives them; everything else is handed a clock and a seed. */
export interface Clock {
  /** ISO instant, UTC, milliseconds. */
  now(): string;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  newId(): string;
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      if (signal?.aborted) finish();
      else signal?.addEventListener('abort', finish, { once: true });
    }),
  newId: () => randomUUID(),
};

/** Does the work, then rests for as long as it took: half of the time stays for what others want done. */
export async function atHalfPace<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  await systemClock.sleep(performance.now() - begun);
  return result;
}
