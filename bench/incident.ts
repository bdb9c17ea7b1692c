import { join } from 'node:path';
import { writeSample } from '../src/main/accuracy/samples/write-sample.ts';
import { openDatabase } from '../src/main/platform/duckdb.ts';
import { commandLine, type Measurement, timed } from './benchmark.ts';

const days = 90;
const windows = ['--reference', '2026-03-02..2026-04-30', '--current', '2026-05-01..2026-05-30'];

/** The silent failure of the sample incidents at some size; the corner is 0.3 % of the rows. */
export const writeIncident = (folder: string, rowsPerDay: number): Promise<string> =>
  writeSample('silent-failure', join(folder, 'data'), {
    seed: 1,
    rowsPerDay,
    days,
    work: { signal: new AbortController().signal, progress: () => {} },
  });

/**
 * What any answer must at least do: read the columns, join the sides, count per segment. Every exported column is
 * touched, because the analysis looks at every one of them.
 */
export async function rawScanAndJoin(folder: string): Promise<number> {
  const data = join(folder, 'data');
  const database = await openDatabase({ path: ':memory:', allowedDirectories: [data], threads: 2 });
  const read = (side: string) => `read_parquet('${data}/${side}/*/*.parquet', hive_partitioning = false)`;
  try {
    const { seconds } = await timed(() =>
      database.rows(
        `SELECT country, merchant_category, customer_tier, (epoch(predicted_at) // 86400)::BIGINT AS day, count(*) AS n, count(label) AS labelled,
           sum((predicted_class = label)::INTEGER) AS hits, avg(score), avg(amount), avg(text_length), avg(ocr_confidence),
           avg(embedding_norm), avg(queue_depth), avg(session_seconds), avg(fx_rate), avg(items_per_report),
           avg(account_age_days), max(model_version), max(provider_model_version), epoch(max(labelled_at)) - epoch(min(predicted_at))
         FROM ${read('predictions')} LEFT JOIN ${read('labels')} USING (prediction_id)
         GROUP BY GROUPING SETS ((country, merchant_category), (country, customer_tier), (merchant_category, customer_tier), (day))`,
      ),
    );
    return seconds;
  } finally {
    await database.close();
  }
}

/** From files to the printed answer in a workspace that has never seen them, start of the process included. */
export async function importAndCompare(
  folder: string,
  datasetFile: string,
  rows: string,
  limit: { limitSeconds: number; limitBytes?: number },
): Promise<Measurement> {
  const reference = { what: 'raw scan and join', seconds: await rawScanAndJoin(folder) };
  const workspace = ['--workspace', join(folder, 'workspace')];
  const run = await commandLine([...workspace, 'accuracy', 'compare', datasetFile, ...windows, '--json']);
  const { verdict, segments } = JSON.parse(run.stdout);
  if (verdict !== 'regression' || segments[0]?.segment.country !== 'PT') throw new Error('the answer is wrong');
  return { what: `${rows}: import and compare`, seconds: run.seconds, peakBytes: run.peakBytes, reference, ...limit };
}
