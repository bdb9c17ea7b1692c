import { openLog } from '../../../src/main/investigations/log.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { openSqlite } from '../../../src/main/platform/sqlite.ts';

/** Append without end; each number is printed only after its entry was committed. */
const [, , path = '', name = ''] = process.argv;
const log = openLog(openSqlite(path), systemClock);
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
for (let n = 0; ; n += 1) {
  const { seq } = log.append({ kind: 'written', subject: name, body: { n, text: 'x'.repeat(n % 3000) } });
  process.stdout.write(`${seq} ${n}\n`);
  await pause();
}
