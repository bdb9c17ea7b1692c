import { expect, test } from 'vitest';
import { createChanges } from '../../../../src/main/investigations/watch.ts';
import { systemClock } from '../../../../src/main/platform/clock.ts';

/** Nothing happens by the passing of time. */
const stillClock = { sleep: (_ms: number, signal?: AbortSignal) => systemClock.sleep(60_000, signal) };

test('tells the head at once, then whenever it grows', async () => {
  let head = 3;
  const changes = createChanges(stillClock);
  const stream = changes.watch(() => head, undefined);
  expect((await stream.next()).value).toEqual({ seq: 3 });
  const next = stream.next();
  changes.tell();
  await Promise.resolve();
  head = 5;
  changes.tell();
  expect((await next).value).toEqual({ seq: 5 });
  changes.close();
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test('sees what another process wrote without being told', async () => {
  let head = 1;
  const changes = createChanges({ sleep: (_ms, signal) => systemClock.sleep(1, signal) });
  const stream = changes.watch(() => head, undefined);
  await stream.next();
  const next = stream.next();
  head = 2;
  expect((await next).value).toEqual({ seq: 2 });
  changes.close();
});

test.each<[string, (changes: ReturnType<typeof createChanges>, abort: AbortController) => void]>([
  ['its reader leaves', (_changes, abort) => abort.abort()],
  ['the workbench closes', (changes) => changes.close()],
])('ends when %s', async (_what, end) => {
  const changes = createChanges(stillClock);
  const abort = new AbortController();
  const stream = changes.watch(() => 1, abort.signal);
  await stream.next();
  const next = stream.next();
  end(changes, abort);
  expect(await next).toEqual({ done: true, value: undefined });
});
