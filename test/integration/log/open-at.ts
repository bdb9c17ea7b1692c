import { openLog } from '../../../src/main/investigations/log.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { openSqlite } from '../../../src/main/platform/sqlite.ts';

/** Open a log at a given moment, so that several processes do it at once, and append to it. */
const [, , path = '', name = '', at = '0'] = process.argv;
while (Date.now() < Number(at));
const { seq } = openLog(openSqlite(path), systemClock).append({ kind: 'opened', subject: name, body: {} });
process.stdout.write(String(seq));
