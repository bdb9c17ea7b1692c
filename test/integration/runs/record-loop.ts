import { judgeRun } from '../../../src/main/throughput/runs/judge.ts';
import { openRunStore } from '../../fixtures/open-run-store.ts';
import { evidenceOf, readingAt, telemetryRecord } from '../../fixtures/run-evidence.ts';

/** Record runs without end; each id is printed only after its run was committed. */
const [, , folder = '', name = ''] = process.argv;
const { store } = openRunStore(folder);
for (let n = 0; ; n += 1) {
  const telemetry = telemetryRecord(
    Array.from({ length: n % 40 }, (_, index) => readingAt(5e12 + index, 'power_w', index)),
  );
  const evidence = evidenceOf({ ms: Array.from({ length: 50 + n }, (_, index) => 1 + index / 7) }, { telemetry });
  const id = `run-${name}${n.toString(16).padStart(15, '0')}`;
  await store.record([judgeRun({ ...evidence, id })]);
  process.stdout.write(`${id} ${50 + n + 1}\n`);
}
