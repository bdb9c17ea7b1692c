import type { RowLedger } from '../../../shared/model/dataset.ts';
import { farTimeSql } from '../days.ts';
import { type ContestedLabels, type ContestedPredictions, fates } from './contested.ts';
import type { ImportBuild } from './import-build.ts';
import type { Quality } from './quality.ts';
import { idHashSql, shortHashSql } from './row-origin.ts';
import type { Sides } from './sides.ts';

/** Of the rows; where the ledger has something to say about more ids, carrying the rest would not pay. */
const MOST_ODD = 0.25;

interface Found {
  contestedPredictions: ContestedPredictions;
  contestedLabels: ContestedLabels;
  quality: Quality;
  ledger: RowLedger;
}

/**
 * Writes `cache.odd_id(id_hash)`: every id about which the ledger says something - repeated, without a partner, excluded, early, with a bad
 * score or a far time. The next import always makes these again, so that it can count and name them; all other rows count as one prediction with
 * at most one matched label. Says whether there are few enough for that.
 */
export async function keepOddIds(build: ImportBuild, sides: Sides, found: Found): Promise<boolean> {
  const { database, former } = build;
  const { contestedPredictions, contestedLabels, quality, ledger } = found;
  const odd = [`fate > ${fates.matched}`, 'predicted IS NULL', farTimeSql('at_us'), farTimeSql('label_us')];
  if (sides.hasScores) odd.push('score IS NULL');
  const parts = [`SELECT id_hash FROM ${former ? 'made' : 'cache.row'} WHERE ${odd.join(' OR ')}`];
  const hashes = (table: string) => `SELECT ${shortHashSql('hash')} FROM ${table}`;
  const keys = (table: string) => `SELECT ${idHashSql('key')} FROM ${table}`;
  if (contestedPredictions.repeated > 0) parts.push(hashes('repeated_prediction'));
  if (contestedLabels.repeated > 0) parts.push(hashes('repeated_label'));
  if (quality.missingTimes + quality.infiniteTimes > 0) parts.push(`${keys('kept')} WHERE at_us IS NULL`);
  if (ledger.orphanLabels > 0) parts.push(keys('orphan'));
  if (ledger.nullKeys > 0) parts.push(`SELECT ${idHashSql('NULL')}`);
  await database.run(
    `CREATE OR REPLACE TABLE cache.odd_id AS SELECT DISTINCT id_hash FROM (${parts.join(' UNION ALL ')}) ORDER BY id_hash`,
  );
  const [size] = await database.rows<{ odd: number; rows: number }>(
    'SELECT (SELECT count(*) FROM cache.odd_id) AS odd, (SELECT sum(n)::BIGINT FROM judged) AS "rows"',
  );
  if (size!.odd <= size!.rows * MOST_ODD) return true;
  await database.run('DELETE FROM cache.odd_id');
  return false;
}
