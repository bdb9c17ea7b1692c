import { describe, expect, test } from 'vitest';
import type { OpenDataset } from '../../../src/main/accuracy/open-dataset.ts';
import { createHeldDatasets } from '../../../src/main/held-datasets.ts';

/** A file whose state changes when told, openings counted, and a clock whose waits end when told. */
const bench = () => {
  const events: string[] = [];
  const waits: (() => void)[] = [];
  let state = 1;
  let fails = false;
  const held = createHeldDatasets({
    stamp: async () => String(state),
    open: async (id) => {
      if (fails) throw new Error('damaged');
      const name = `${id}@${state}`;
      events.push(`open ${name}`);
      return { id, name, close: async () => void events.push(`close ${name}`) } as unknown as OpenDataset;
    },
    clock: {
      sleep: (_ms, signal) =>
        new Promise((done) => {
          waits.push(done);
          signal?.addEventListener('abort', () => done());
        }),
    },
  });
  const settle = () => new Promise((done) => setImmediate(done));
  return {
    held,
    events,
    replace: () => {
      state += 1;
    },
    fail: (on: boolean) => {
      fails = on;
    },
    idle: async () => {
      for (const done of waits.splice(0)) done();
      await settle();
    },
    settle,
  };
};

const nameOf = async (dataset: OpenDataset) => dataset.name;

describe('held datasets', () => {
  test('one opening serves the calls that follow each other, and ends when none does', async () => {
    const { held, events, idle } = bench();
    await held.use('a', nameOf);
    await held.use('a', nameOf);
    expect(events).toEqual(['open a@1']);
    await idle();
    expect(events).toEqual(['open a@1', 'close a@1']);
    expect(await held.use('a', nameOf)).toBe('a@1');
    expect(events).toHaveLength(3);
  });

  test('a wait that was overtaken by another use closes nothing', async () => {
    const { held, events, idle } = bench();
    await held.use('a', nameOf);
    let release = () => {};
    const using = held.use(
      'a',
      () =>
        new Promise<void>((done) => {
          release = done;
        }),
    );
    await idle();
    expect(events).toEqual(['open a@1']);
    release();
    await using;
    expect(events).toEqual(['open a@1']);
  });

  test('a replaced file is opened anew; who still reads the old one may end', async () => {
    const { held, events, replace, settle } = bench();
    let release = () => {};
    const reading = held.use(
      'a',
      () =>
        new Promise<void>((done) => {
          release = done;
        }),
    );
    await settle();
    replace();
    expect(await held.use('a', nameOf)).toBe('a@2');
    expect(events).toEqual(['open a@1', 'open a@2']);
    release();
    await reading;
    expect(events).toEqual(['open a@1', 'open a@2', 'close a@1']);
  });

  test('what is idle can be let go, what is used stays', async () => {
    const { held, events, settle } = bench();
    await held.use('a', nameOf);
    let release = () => {};
    const using = held.use(
      'b',
      () =>
        new Promise<void>((done) => {
          release = done;
        }),
    );
    await settle();
    await held.letGo();
    expect(events).toEqual(['open a@1', 'open b@1', 'close a@1']);
    await held.close();
    expect(events).toHaveLength(3);
    release();
    await using;
    expect(events.at(-1)).toBe('close b@1');
  });

  test('one that cannot be opened is tried again', async () => {
    const { held, events, fail } = bench();
    fail(true);
    await expect(held.use('a', nameOf)).rejects.toThrow('damaged');
    fail(false);
    expect(await held.use('a', nameOf)).toBe('a@1');
    expect(events).toEqual(['open a@1']);
  });

  test('a call that fails takes the opening with it: what it left behind goes too', async () => {
    const { held, events } = bench();
    const failing = held.use('a', async () => {
      throw new Error('cancelled');
    });
    await expect(failing).rejects.toThrow('cancelled');
    expect(events).toEqual(['open a@1', 'close a@1']);
    await held.use('a', nameOf);
    expect(events).toHaveLength(3);
  });
});
