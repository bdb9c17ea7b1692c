import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { atRest } from '../../../../src/renderer/ui/at-rest.ts';

const page = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const begin = () => {
  const leaving = new AbortController();
  const state = { ended: false };
  void atRest(1000, leaving.signal).then(() => {
    state.ended = true;
  });
  return { leaving, state };
};

it('waits for as long as somebody acts, and then for its time', async () => {
  const { state } = begin();
  for (const act of ['keydown', 'pointerdown', 'wheel']) {
    await vi.advanceTimersByTimeAsync(900);
    page.dispatchEvent(new Event(act));
  }
  await vi.advanceTimersByTimeAsync(999);
  expect(state.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(state.ended).toBe(true);
});

it('moving the pointer is no act', async () => {
  const { state } = begin();
  await vi.advanceTimersByTimeAsync(900);
  page.dispatchEvent(new Event('pointermove'));
  await vi.advanceTimersByTimeAsync(100);
  expect(state.ended).toBe(true);
});

it('ends with the signal and leaves no timer behind', async () => {
  const { leaving, state } = begin();
  leaving.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.ended).toBe(true);
  page.dispatchEvent(new Event('keydown'));
  expect(vi.getTimerCount()).toBe(0);
});
