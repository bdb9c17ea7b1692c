import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importDataset, writeDatasetFile } from '../../../src/main/accuracy/import/import-dataset.ts';
import { inspectSource } from '../../../src/main/accuracy/inspect-source.ts';
import { quoteLiteral } from '../../../src/main/platform/sql.ts';
import { quietWork, scratchDatabase, scratchFolder } from '../../fixtures/scratch.ts';

const predictions = `SELECT i AS prediction_id, TIMESTAMP '2026-01-01' + INTERVAL (i) MINUTE AS predicted_at,
  CASE WHEN i % 3 = 0 THEN 'fraud' ELSE 'fine' END AS predicted, CASE WHEN i % 3 = 0 THEN 0.8 ELSE 0.2 END::DOUBLE AS score,
  chr(65 + i::INTEGER % 4) AS country, i * 0.37 AS amount FROM range(600) AS r(i)`;
const labels = `SELECT i AS prediction_id, CASE WHEN i % 4 = 0 THEN 'fraud' ELSE 'fine' END AS label,
  TIMESTAMP '2026-01-03' + INTERVAL (i) MINUTE AS labelled_at FROM range(500) AS r(i)`;
const joined = `SELECT p.*, l.label, l.labelled_at FROM (${predictions}) AS p LEFT JOIN (${labels}) AS l USING (prediction_id)`;

const folders: Record<string, Record<string, string>> = {
  'two folders': { 'predictions/a.parquet': predictions, 'labels/a.parquet': labels },
  'two files': { 'model_output.parquet': predictions, 'ground_truth.parquet': labels },
  'several files side by side': {
    'predictions_1.parquet': `SELECT * FROM (${predictions}) WHERE prediction_id < 300`,
    'predictions_2.parquet': `SELECT * FROM (${predictions}) WHERE prediction_id >= 300`,
    'labels.parquet': labels,
  },
  'one joined table': { 'export.parquet': joined },
  'groups as partitions': {
    'predictions/region=north/dt=2026-01-01/a.parquet': `SELECT * FROM (${predictions}) WHERE prediction_id < 300`,
    'predictions/region=south/dt=2026-01-01/a.parquet': `SELECT * FROM (${predictions}) WHERE prediction_id >= 300`,
    'labels/dt=2026-01-03/a.parquet': labels,
  },
  'names with wildcards in them': { 'pred [v1]*.parquet': predictions, 'labels {x}.parquet': labels },
};

describe('what inspection proposes can be imported', () => {
  it.each(Object.keys(folders))('%s', async (name) => {
    const folder = scratchFolder();
    const database = await scratchDatabase(folder);
    for (const [path, query] of Object.entries(folders[name]!)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      await database.run(`COPY (${query}) TO ${quoteLiteral(join(folder, path))} (FORMAT parquet)`);
    }
    const { proposal, remarks } = await inspectSource(folder, { signal: quietWork.signal });
    expect(proposal, remarks.join('\n')).not.toBeNull();
    expect(proposal).toMatchObject({ task: 'binary', positiveClass: 'fraud' });
    const file = await writeDatasetFile(proposal!, folder, scratchFolder());
    const { ledger } = await importDataset(file, { cacheFolder: join(scratchFolder(), 'cache'), work: quietWork });
    expect({ predictions: ledger.distinctPredictions, joined: ledger.joined }).toEqual({
      predictions: 600,
      joined: 500,
    });
  });
});
