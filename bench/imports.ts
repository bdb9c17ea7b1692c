import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { importDataset } from '../src/main/accuracy/import/import-dataset.ts';
import { openDatabase } from '../src/main/platform/duckdb.ts';
import { quoteLiteral } from '../src/main/platform/sql.ts';
import { type Measurement, timed } from './benchmark.ts';

const sides = ['predictions', 'labels'];

/** What importing costs when a day was exported, and when its predictions were exported again: beside the import of everything. */
export async function growingImports(folder: string, datasetFile: string, rows: string): Promise<Measurement[]> {
  const data = join(folder, 'data');
  const day = readdirSync(join(data, 'labels')).sort().at(-1)!;
  const move = (from: string, to: string) => {
    for (const side of sides) renameSync(join(from, side, day), join(to, side, day));
  };
  const aside = join(folder, 'aside');
  for (const side of sides) mkdirSync(join(aside, side), { recursive: true });
  const importInto = async (cache: string) => {
    const steps = new Set<string>();
    const work = {
      signal: new AbortController().signal,
      progress: ({ step }: { step: string }) => void steps.add(step),
    };
    const { seconds } = await timed(() => importDataset(datasetFile, { cacheFolder: join(folder, cache), work }));
    return { seconds, carried: steps.has('carrying over unchanged rows') };
  };
  move(data, aside);
  await importInto('growing');
  move(aside, data);
  const appended = await importInto('growing');
  const whole = await importInto('whole');
  await thinOut(join(data, 'predictions', day));
  const changed = await importInto('growing');
  if (!appended.carried || !changed.carried) throw new Error('nothing was carried over');
  const reference = { what: 'import of everything', seconds: whole.seconds };
  return [
    { what: `${rows}: import, a day more`, seconds: appended.seconds, reference },
    { what: `${rows}: import, the newest predictions again`, seconds: changed.seconds, reference },
  ];
}

/** Exports a day once more, with a tenth of its rows gone. */
async function thinOut(folder: string): Promise<void> {
  const [name] = readdirSync(folder);
  const file = join(folder, name!);
  const database = await openDatabase({ path: ':memory:', allowedDirectories: [folder], threads: 1 });
  try {
    await database.run(
      `COPY (SELECT * FROM read_parquet(${quoteLiteral(file)}, hive_partitioning = false) WHERE hash(prediction_id) % 10 <> 0)
       TO ${quoteLiteral(`${file}.new`)} (FORMAT parquet)`,
    );
  } finally {
    await database.close();
  }
  renameSync(`${file}.new`, file);
}
