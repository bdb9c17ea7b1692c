import type { OpenDataset } from './accuracy/open-dataset.ts';
import type { Clock } from './platform/clock.ts';

/** Datasets stay open for a while after their last use: what comes next most often asks the same one. */
export interface HeldDatasets {
  use<T>(id: string, call: (dataset: OpenDataset) => Promise<T>): Promise<T>;
  /** Closes what nobody uses, so that a file can be replaced. */
  letGo(): Promise<void>;
  /** Closes everything; calls still running end first. */
  close(): Promise<void>;
}

interface Held {
  /** Which state of the file is open. */
  stamp: string;
  opening: Promise<OpenDataset>;
  users: number;
  /** Raised by every use: a wait that finds another number has been overtaken. */
  turn: number;
}

interface Source {
  /** Changes whenever the file does; throws where there is none. */
  stamp(id: string): Promise<string>;
  open(id: string): Promise<OpenDataset>;
  clock: Pick<Clock, 'sleep'>;
  idleMs?: number;
}

export const createHeldDatasets = ({ stamp, open, clock, idleMs = 30_000 }: Source): HeldDatasets => {
  const held = new Map<string, Held>();
  const ending = new AbortController();

  const shut = async (one: Held): Promise<void> => {
    const dataset = await one.opening.catch(() => null);
    await dataset?.close();
  };

  const forget = (id: string, one: Held): void => {
    if (held.get(id) === one) held.delete(id);
  };

  const release = async (id: string, one: Held): Promise<void> => {
    one.users -= 1;
    if (one.users > 0) return;
    // Replaced by a newer state of its file, or everything is being closed: nobody will ask for it again.
    if (held.get(id) !== one || ending.signal.aborted) {
      forget(id, one);
      return shut(one);
    }
    const { turn } = one;
    void clock.sleep(idleMs, ending.signal).then(() => {
      if (one.users > 0 || one.turn !== turn || held.get(id) !== one) return;
      held.delete(id);
      return shut(one);
    });
  };

  return {
    async use(id, call) {
      const now = await stamp(id);
      let one = held.get(id);
      if (!one || one.stamp !== now) {
        const before = one;
        one = { stamp: now, opening: open(id), users: 0, turn: 0 };
        held.set(id, one);
        if (before && before.users === 0) void shut(before);
      }
      one.users += 1;
      one.turn += 1;
      try {
        return await call(await one.opening);
      } catch (error) {
        // A call that failed or was cancelled may have left tables of its own behind: the next one opens the file anew.
        forget(id, one);
        throw error;
      } finally {
        await release(id, one);
      }
    },
    async letGo() {
      const idle = [...held].filter(([, one]) => one.users === 0);
      for (const [id] of idle) held.delete(id);
      await Promise.all(idle.map(([, one]) => shut(one)));
    },
    async close() {
      ending.abort();
      const every = [...held.values()];
      held.clear();
      await Promise.all(every.filter((one) => one.users === 0).map(shut));
    },
  };
};
