import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ExportShape, Scenario } from '../../../src/main/accuracy/samples/scenario.ts';
import { silentFailure, slowLabels } from '../../../src/main/accuracy/samples/scenarios.ts';
import { sampleNames, sized, writeSample } from '../../../src/main/accuracy/samples/write-sample.ts';
import { writeScenario } from '../../../src/main/accuracy/samples/write-scenario.ts';
import { DatasetFile } from '../../../src/shared/model/dataset.ts';
import { quietWork, scratchDatabase, scratchFolder } from '../../fixtures/scratch.ts';

const small = (scenario: Scenario): Scenario => sized(scenario, 400, 20);

async function written(scenario: Scenario, seed = 1) {
  const folder = scratchFolder();
  const file = await writeScenario(scenario, folder, seed, quietWork);
  const database = await scratchDatabase(folder);
  const read = (side: string) => `read_parquet('${folder}/${side}/**/*.parquet', hive_partitioning = false)`;
  return { folder, file, database, predictions: read('predictions'), labels: read('labels') };
}

async function digests(scenario: Scenario, seed: number): Promise<unknown[]> {
  const { database, predictions, labels } = await written(scenario, seed);
  const digest = (from: string) =>
    database.rows(`SELECT md5(string_agg(t::VARCHAR, ';' ORDER BY file_row)) AS digest, count(*) AS rows
      FROM (SELECT t, row_number() OVER () AS file_row FROM ${from} AS t)`);
  return [...(await digest(predictions)), ...(await digest(labels))];
}

describe('writeScenario', () => {
  it('gives the same rows in the same order for the same seed, and others for another', async () => {
    const first = await digests(small(silentFailure(400)), 5);
    expect(await digests(small(silentFailure(400)), 5)).toEqual(first);
    expect(await digests(small(silentFailure(400)), 6)).not.toEqual(first);
  });

  it('partitions predictions by their day and labels by their arrival', async () => {
    const { folder, database } = await written(small(silentFailure(400)));
    expect(readdirSync(join(folder, 'predictions'))).toHaveLength(20);
    const strays = await database.rows<{ strays: number }>(
      `SELECT count(*) FILTER (WHERE dt <> labelled_at::DATE) AS strays
       FROM read_parquet('${folder}/labels/*/*.parquet', hive_partitioning = true)
       UNION ALL SELECT count(*) FILTER (WHERE dt <> predicted_at::DATE)
       FROM read_parquet('${folder}/predictions/*/*.parquet', hive_partitioning = true)`,
    );
    expect(strays).toEqual([{ strays: 0 }, { strays: 0 }]);
  });

  it('never labels before predicting and never after the export', async () => {
    const { database, predictions, labels } = await written(small(silentFailure(400)));
    const [row] = await database.rows(
      `SELECT count(*) FILTER (WHERE labelled_at < predicted_at) AS early,
              count(*) FILTER (WHERE labelled_at >= TIMESTAMP '2026-03-22') AS late
       FROM ${predictions} JOIN ${labels} USING (prediction_id)`,
    );
    expect(row).toEqual({ early: 0, late: 0 });
  });

  it('labels errors sooner where the scenario says so', async () => {
    const { database, predictions, labels } = await written(sized(slowLabels, 400, 40));
    const delays = await database.rows<{ wrong: boolean; days: number }>(
      `SELECT decision <> defaulted AS wrong, median(epoch(settled_at) - epoch(predicted_at)) / 86400 AS days
       FROM ${predictions} JOIN ${labels} USING (prediction_id) GROUP BY ALL ORDER BY wrong`,
    );
    expect(delays[1]!.days).toBeLessThan(delays[0]!.days / 4);
  });

  const shapes: ExportShape[] = [
    { id: 'uuid', time: 'timestamptz', layout: 'single', names: { prediction_id: 'uid', label_id: 'ref', label: 'y' } },
    { id: 'text', time: 'text', layout: 'nested', names: { predicted_at: 'ts' } },
    { id: 'integer', time: 'timestamp', layout: 'daily', names: {} },
  ];
  it.each(shapes)('writes the same rows in the shape %o', async (shape) => {
    const { database, file, predictions, labels } = await written({ ...small(silentFailure(400)), shape });
    const spec = DatasetFile.parse(parse(readFileSync(file, 'utf8')));
    const [row] = await database.rows<{ rows: number; joined: number }>(
      `SELECT (SELECT count(*) FROM ${predictions}) AS rows, count(*) AS joined
       FROM ${predictions} AS p JOIN ${labels} AS l ON p."${spec.predictions.id}" = l."${spec.labels.id}"
       WHERE l."${spec.labels.time}" >= p."${spec.predictions.time}"`,
    );
    expect(row!.rows).toBe(8000);
    expect(row!.joined).toBeGreaterThan(5000);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const work = { signal: stop.signal, progress: () => stop.abort() };
    await expect(writeScenario(sized(silentFailure(4000), 20_000, 90), scratchFolder(), 1, work)).rejects.toMatchObject(
      {
        code: 'CANCELLED',
      },
    );
  });
});

describe('writeSample', () => {
  it.each(sampleNames)('%s has a dataset file that names columns the files have', async (name) => {
    const folder = scratchFolder();
    const file = await writeSample(name, folder, { seed: 3, rowsPerDay: 100, days: 62, work: quietWork });
    const spec = DatasetFile.parse(parse(readFileSync(file, 'utf8')));
    const database = await scratchDatabase(folder);
    const columns = async (side: string) =>
      (await database.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM '${folder}/${side}/*/*.parquet'`)).map(
        (row) => row.column_name,
      );
    const { predictions, labels } = spec;
    const declared = [predictions.id, predictions.time, predictions.value, predictions.score, predictions.modelVersion];
    const wanted = [...declared, predictions.providerVersion, ...spec.segments, ...(spec.features ?? [])];
    expect(await columns('predictions')).toEqual(expect.arrayContaining(wanted.filter((one) => one !== undefined)));
    expect(await columns('labels')).toEqual(expect.arrayContaining([labels.id, labels.value, labels.time]));
  });

  it('refuses a name it does not offer', async () => {
    await expect(writeSample('nope', scratchFolder(), { seed: 1, work: quietWork })).rejects.toThrow(
      'unknown sample: nope',
    );
  });
});
