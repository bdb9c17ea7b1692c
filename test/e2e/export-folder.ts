import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Sixty days of a two-class classifier as somebody's export might be: partitioned, with duplicates, orphans and odd values. */
const predictions = `
  SELECT
    i::BIGINT AS prediction_id,
    TIMESTAMP '2026-01-01' + INTERVAL 1 MINUTE * (i * 14) AS predicted_at,
    CASE WHEN hash(i) % 100 < 40 THEN 1 ELSE 0 END AS predicted_class,
    0.5 + (hash(i * 3) % 500) / 1000.0 AS score,
    CASE WHEN i < 3000 THEN 'v1' ELSE 'v2' END AS model_version,
    ['DE', 'FR', '<b>IT</b>', 'a' || chr(10) || 'b'][1 + (hash(i * 5) % 4)::INTEGER] AS country,
    ['web', 'app', '=SUM(A1)'][1 + (hash(i * 7) % 3)::INTEGER] AS channel,
    (hash(i * 11) % 10000) / 100.0 AS amount,
    strftime(TIMESTAMP '2026-01-01' + INTERVAL 1 MINUTE * (i * 14), '%Y-%m-%d') AS dt
  FROM range(6000) t(i)`;

const labels = `
  SELECT
    prediction_id,
    CASE WHEN hash(prediction_id * 13) % 100 < (CASE WHEN country = 'DE' AND prediction_id >= 4500 THEN 60 ELSE 92 END)
      THEN predicted_class ELSE 1 - predicted_class END AS label,
    predicted_at + INTERVAL 1 HOUR * (6 + hash(prediction_id * 17) % 60) AS labelled_at
  FROM exported
  UNION ALL SELECT 900000 + i, 1, TIMESTAMP '2026-02-01' FROM range(7) t(i)`;

/** A folder with `predictions/dt=…/` and `labels/`; the numbers in its ledger are known. */
export const writeExport = async (): Promise<string> => {
  const folder = join(mkdtempSync(join(tmpdir(), 'driftbench-export-')), 'fraud check');
  mkdirSync(join(folder, 'predictions'), { recursive: true });
  mkdirSync(join(folder, 'labels'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE exported AS ${predictions}`);
  await connection.run('INSERT INTO exported SELECT * FROM exported WHERE prediction_id < 3');
  const quoted = folder.replaceAll("'", "''");
  await connection.run(
    `COPY exported TO '${quoted}/predictions' (FORMAT parquet, PARTITION_BY (dt), OVERWRITE_OR_IGNORE)`,
  );
  await connection.run(`COPY (${labels}) TO '${quoted}/labels/labels.parquet' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return folder;
};

export const writeBrokenExport = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'driftbench-broken-'));
  writeFileSync(join(folder, 'predictions.parquet'), 'PAR1 but nothing else');
  return folder;
};

export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'driftbench-nothing-'));
