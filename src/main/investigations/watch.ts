import type { Clock } from '../platform/clock.ts';

export interface Changes {
  /** Something was appended by this process. */
  tell(): void;
  /** The head whenever it grows, by this process or another, until the signal ends it; the first one at once. */
  watch(head: () => number, signal: AbortSignal | undefined): AsyncGenerator<{ seq: number }>;
  close(): void;
}

/** How soon an entry of another process is seen; those of this process are told at once. */
const pollMs = 1000;

export const createChanges = (clock: Pick<Clock, 'sleep'>): Changes => {
  const over = new AbortController();
  const waiting = new Set<AbortController>();
  return {
    tell: () => {
      for (const nap of waiting) nap.abort();
    },
    watch: async function* (head, signal) {
      const ended = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
      for (let seen = -1; !ended.aborted; ) {
        const seq = head();
        if (seq > seen) {
          seen = seq;
          yield { seq };
          continue;
        }
        const nap = new AbortController();
        waiting.add(nap);
        await clock.sleep(pollMs, AbortSignal.any([ended, nap.signal]));
        waiting.delete(nap);
      }
    },
    close: () => over.abort(),
  };
};
