import { describe, expect, it } from 'vitest';
import { createSharedCopies } from '../../../../src/main/platform/shared-copies.ts';

const watched = () => {
  const made: string[] = [];
  const dropped: string[] = [];
  const faults = new Set<string>();
  const copies = createSharedCopies(
    async (of: string) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (faults.delete(of)) throw new Error(`no ${of}`);
      made.push(of);
      return `${of} ${made.length}`;
    },
    async (copy) => {
      dropped.push(copy);
    },
  );
  return { copies, made, dropped, faults };
};

describe('shared copies', () => {
  it('are made once for all who ask at a time, and kept for the next question', async () => {
    const { copies, made, dropped } = watched();
    const both = await Promise.all([copies.take('a'), copies.take('a')]);
    expect(both.map(({ copy }) => copy)).toEqual(['a 1', 'a 1']);
    for (const { release } of both) await release();
    const again = await copies.take('a');
    expect(again.copy).toBe('a 1');
    await again.release();
    expect(made).toEqual(['a']);
    expect(dropped).toEqual([]);
  });

  it('go when another one is wanted and nobody uses them any more', async () => {
    const { copies, dropped } = watched();
    const a = await copies.take('a');
    const b = await copies.take('b');
    expect(dropped).toEqual([]);
    await a.release();
    await a.release();
    expect(dropped).toEqual(['a 1']);
    await b.release();
    expect((await copies.take('a')).copy).toBe('a 3');
    expect(dropped).toEqual(['a 1', 'b 2']);
  });

  it('are made anew after one could not be made, which all who waited for it hear', async () => {
    const { copies, faults } = watched();
    faults.add('a');
    const both = await Promise.allSettled([copies.take('a'), copies.take('a')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await copies.take('a')).copy).toBe('a 1');
  });
});
