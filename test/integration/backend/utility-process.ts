import { parentPort, workerData } from 'node:worker_threads';

/** Dresses a worker thread up as the utility process the backend expects: a parent port and a workspace argument. */
const listeners: ((event: { data: unknown; ports: unknown[] }) => void)[] = [];
Object.assign(process, {
  parentPort: { on: (_event: 'message', listener: (typeof listeners)[number]) => listeners.push(listener) },
});
const { workspace } = workerData as { workspace: string };
process.argv[2] = workspace;
await import('../../../src/main/backend.ts');
parentPort?.on('message', ({ data, port }: { data: unknown; port?: unknown }) => {
  for (const listener of listeners) listener({ data, ports: port ? [port] : [] });
});
