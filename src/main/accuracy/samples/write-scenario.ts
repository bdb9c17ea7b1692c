import { stringify } from 'yaml';
import type { Work } from '../../../shared/model/progress.ts';
import { type Database, openDatabase } from '../../platform/duckdb.ts';
import { makeFolder, writeAtomically } from '../../platform/files.ts';
import { quoteLiteral } from '../../platform/sql.ts';
import { dayRows } from './day-rows.ts';
import { datasetFile, labelColumns, predictionColumns } from './export-rows.ts';
import { largestSeed } from './noise.ts';
import type { Scenario } from './scenario.ts';
import { createWorld, type World } from './world.ts';

const dayMs = 86_400_000;
const dayUs = dayMs * 1000;
/** Batches made at the same time; each is one thread's work. */
const together = 2;
const rowsPerBatch = 100_000;

/**
 * Writes a scenario as Parquet beside a `dataset.yaml` and returns the path of the latter. The same scenario and seed
 * give the same rows in the same order. The export ends with the last day: labels that would arrive later are missing.
 */
export async function writeScenario(scenario: Scenario, folder: string, seed: number, work: Work): Promise<string> {
  if (!Number.isInteger(seed) || seed < 0 || seed > largestSeed) throw new RangeError(`seed: ${seed}`);
  await makeFolder(folder, { recursive: true });
  const database = await openDatabase({
    path: ':memory:',
    allowedDirectories: [folder],
    memoryLimit: '1GB',
    threads: together,
  });
  try {
    const writer = createWriter(createWorld(scenario, seed), folder, database.withSignal(work.signal));
    await writeAll(scenario, writer, work);
  } finally {
    await database.close();
  }
  const file = `${folder}/dataset.yaml`;
  await writeAtomically(file, stringify(datasetFile(scenario)));
  return file;
}

async function writeAll(scenario: Scenario, writer: Writer, work: Work): Promise<void> {
  const step = Math.max(1, Math.floor(rowsPerBatch / scenario.rowsPerDay));
  const total = scenario.days * scenario.rowsPerDay;
  await writer.prepare();
  for (let from = 0; from < scenario.days; from += step * together) {
    const until = Math.min(from + step * together, scenario.days);
    const batches: Promise<void>[] = [];
    for (let day = from; day < until; day += step) batches.push(writer.predictions(day, Math.min(step, until - day)));
    await Promise.all(batches);
    // Labels never precede their prediction, so everything that arrives on these days is known now.
    await Promise.all(Array.from({ length: until - from }, (_, index) => writer.arrivals(from + index)));
    work.progress({ step: 'writing sample', done: until * scenario.rowsPerDay, total, unit: 'rows' });
  }
  await writer.finish();
}

interface Writer {
  prepare(): Promise<void>;
  predictions(from: number, days: number): Promise<void>;
  arrivals(day: number): Promise<void>;
  finish(): Promise<void>;
}

function createWriter(world: World, folder: string, database: Database): Writer {
  const { scenario, seed } = world;
  const firstDayMs = Date.parse(`${scenario.start}T00:00:00Z`);
  const firstDayUs = firstDayMs * 1000;
  const partition = (day: number) => {
    const date = new Date(firstDayMs + day * dayMs).toISOString().slice(0, 10);
    const [year, month, dayOfMonth] = date.split('-');
    return scenario.shape.layout === 'nested' ? `year=${year}/month=${month}/day=${dayOfMonth}` : `dt=${date}`;
  };
  const daily = scenario.shape.layout !== 'single';
  const copy = async (query: string, target: string) => {
    await makeFolder(target, { recursive: true });
    await database.run(`COPY (${query}) TO ${quoteLiteral(`${target}/part-0.parquet`)} (FORMAT parquet)`);
  };
  const exported = predictionColumns(scenario, seed);
  const arrived = (condition: string) =>
    `SELECT ${labelColumns(scenario, seed)} FROM label_queue WHERE ${condition} ORDER BY label_us, row`;

  return {
    async prepare() {
      const type = { multiclass: 'VARCHAR', binary: 'INTEGER', regression: 'DOUBLE' }[scenario.task];
      await database.run(`CREATE TABLE label_queue (row BIGINT, truth ${type}, label_us BIGINT)`);
      if (daily) return;
      await database.run(
        `CREATE TABLE everything AS SELECT row, ${exported} FROM (${dayRows(world, 0, 1, firstDayUs)}) LIMIT 0`,
      );
    },
    async predictions(from, days) {
      const table = `batch_${from}`;
      await database.run(`CREATE TABLE ${table} AS ${dayRows(world, from, days, firstDayUs)}`);
      await database.run(
        `INSERT INTO label_queue SELECT row, truth, label_us FROM ${table}
         WHERE label_us < ${firstDayUs + scenario.days * dayUs}`,
      );
      if (!daily) await database.run(`INSERT INTO everything SELECT row, ${exported} FROM ${table}`);
      for (let day = from; daily && day < from + days; day++) {
        const query = `SELECT ${exported} FROM ${table} WHERE day = ${day} ORDER BY row`;
        await copy(query, `${folder}/predictions/${partition(day)}`);
      }
      await database.run(`DROP TABLE ${table}`);
    },
    async arrivals(day) {
      if (!daily) return;
      const start = firstDayUs + day * dayUs;
      const query = arrived(`label_us >= ${start} AND label_us < ${start + dayUs}`);
      await copy(query, `${folder}/labels/${partition(day)}`);
    },
    async finish() {
      if (daily) return;
      await copy('SELECT * EXCLUDE (row) FROM everything ORDER BY row', `${folder}/predictions`);
      await copy(arrived('true'), `${folder}/labels`);
    },
  };
}
