import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { systemEnvironment } from '../../../src/main/platform/environment.ts';
import { listSystemNames, readSystemTexts } from '../../../src/main/platform/system-files.ts';
import { runTool } from '../../../src/main/platform/tool-process.ts';
import { type RunDeps, runWorkload } from '../../../src/main/throughput/runs/run-workload.ts';
import { createCatalogue } from '../../../src/main/throughput/workloads/catalogue.ts';
import type { WorkloadSource } from '../../../src/main/throughput/workloads/source.ts';
import type { Progress } from '../../../src/shared/model/progress.ts';
import { RunRequest, type Workload } from '../../../src/shared/model/workload.ts';
import { openRunStore } from '../../fixtures/open-run-store.ts';

const runners = join(import.meta.dirname, '../../fixtures/runners');
export const wellBehaved = join(runners, 'well-behaved.mjs');
export const ugly = join(runners, 'ugly.mjs');

const workload = (id: string, more: Partial<Workload> = {}): Workload => ({
  id,
  runner: 'onnx',
  precisions: ['f32'],
  hash: '',
  definition: { runner: 'onnx', item: 'image', precision: 'f32', batch: 2, file: wellBehaved },
  text: 'sleeps',
  ...more,
});

/** A source of two workloads whose runner is a program of the tests. */
const testSource = (args: string[]): WorkloadSource => ({
  runner: 'onnx',
  list: async ({ durationMs }) => [
    workload('sleep'),
    workload('never', { unavailable: 'no such device' }),
    workload('timed', { definition: { durationMs } }),
  ],
  program: async () => ({ program: process.execPath, args: [wellBehaved, ...args] }),
  files: async () => ({ model: '/models/one.onnx' }),
});

interface Harness {
  args?: string[];
  deps?: Partial<RunDeps>;
  signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** Requests over one workspace folder, as the workbench would run them. */
export const runHarness = (folder: string) => {
  const opened = openRunStore(folder);
  onTestFinished(opened.close);
  const run = (request: Partial<RunRequest>, { args = [], deps, signal, onProgress }: Harness = {}) =>
    runWorkload(
      RunRequest.parse(request),
      {
        workspace: opened.workspace,
        store: opened.store,
        catalogue: createCatalogue([testSource(args)]),
        clock: systemClock,
        reach: { runTool, readTexts: readSystemTexts, listNames: listSystemNames },
        machine: { os: 'linux 6', arch: 'x64', node: '24' },
        environment: systemEnvironment(),
        limits: { graceMs: 300, drainMs: 500 },
        ...deps,
      },
      { signal: signal ?? new AbortController().signal, progress: onProgress ?? (() => undefined) },
    );
  const command = (argv: string[], more: Partial<RunRequest['command']> = {}): Partial<RunRequest> => ({
    command: { argv, env: [], format: 'auto', limitMs: 60_000, ...more },
  });
  return { ...opened, run, command };
};
