import { runRunner } from '../../../src/main/platform/runner-process.ts';

/** Owns a runner for as long as it is let live: ugly.mjs MODE FILE. */
const [, , runner = '', mode = '', file = ''] = process.argv;
await runRunner({
  program: process.execPath,
  args: [runner, mode, file],
  env: {},
  workload: {},
  limits: { limitMs: 120_000 },
  onLine: () => process.stdout.write('line\n'),
});
