import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPortClient, type WorkbenchClient } from '../../../src/renderer/client/workbench-client.ts';
import { runJob } from '../../../src/shared/run-job.ts';

let folder: string;
let backend: Worker;
const channels: MessageChannel[] = [];

/** A window: one end of a new channel goes to the backend, the client of the renderer talks over the other. */
const openWindow = (): { client: WorkbenchClient; close(): void } => {
  const channel = new MessageChannel();
  channels.push(channel);
  backend.postMessage({ data: 'port', port: channel.port1 }, [channel.port1]);
  channel.port2.start();
  return { client: createPortClient(channel.port2 as never), close: () => channel.port2.close() };
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-backend-'));
  backend = new Worker(new URL('./utility-process.ts', import.meta.url), { workerData: { workspace: folder } });
});
afterAll(async () => {
  for (const { port2 } of channels) port2.close();
  await backend.terminate();
  rmSync(folder, { recursive: true, force: true });
});

test('a window reads and is told what is wrong', async () => {
  const { client } = openWindow();
  expect(await client.workbench.info()).toMatchObject({ face: 'desktop', workspace: folder });
  await expect(client.datasets.get({ dataset: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a job goes on when its window is closed, and the next window picks it up', async () => {
  const first = openWindow();
  const { jobId } = await first.client.samples.open({ name: 'quiet-spring', seed: 4 });
  for await (const { status } of await first.client.jobs.watch({ jobId })) {
    expect(status).toBe('running');
    break;
  }
  first.close();
  const second = openWindow();
  expect(await second.client.jobs.list()).toMatchObject([{ jobId, kind: 'samples.open', status: 'running' }]);
  const again = second.client.samples.open({ name: 'quiet-spring', seed: 4 });
  expect((await again).jobId).toBe(jobId);
  const abort = new AbortController();
  await expect(
    runJob(second.client, again, { signal: abort.signal, onProgress: () => abort.abort() }),
  ).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await second.client.datasets.list()).toEqual([]);
});

test('the log is empty until something happened', async () => {
  expect(await openWindow().client.log.entries({})).toEqual([]);
  expect(await openWindow().client.recent.list()).toEqual({ datasets: [], analyses: [] });
});
