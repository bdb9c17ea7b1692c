import { hoursBetween } from '../days.ts';
import { storeBins } from '../drift/store-bins.ts';
import { type BinnedColumn, MOST_EXACT_ROWS, SCORE_POSITION } from '../drift/stored-bins.ts';
import { fates } from './contested.ts';
import type { Coding } from './dictionaries.ts';
import type { ImportBuild } from './import-build.ts';
import { dayOfSql } from './instants.ts';
import type { Quality } from './quality.ts';
import { earlySql, type Sides } from './sides.ts';

/** Readers sort for themselves when there are more numeric features than this. */
const mostArrangedFeatures = 64;

/**
 * Writes `cache.row`: kept predictions with their label, sorted by instant. Until the ledger is drawn up it also holds
 * `fate` and, where the fate is out of the ordinary, the id.
 */
export async function materialiseRows(
  build: ImportBuild,
  sides: Sides,
  coding: Coding,
  quality: Quality,
): Promise<void> {
  const { database, spec } = build;
  const number = spec.task === 'regression' ? 'DOUBLE' : 'INTEGER';
  const early = earlySql(build, sides, 'l.label_us', 'p.at_us');
  const labelUs = sides.byDay ? 'greatest(label_us, at_us)' : 'label_us';
  const categories = [
    ...coding.segments.map((sql, index) => ({ name: `s${index}`, sql })),
    ...coding.versions.map((sql, index) => ({ name: `v${index}`, sql })),
    ...coding.features.map((sql, index) => ({ name: `f${index}`, sql })),
  ];
  const columns = [
    `CAST(${dayOfSql('at_us', spec.timezone)} AS INTEGER) AS day`,
    'at_us',
    `CAST(predicted AS ${number}) AS predicted`,
    `CAST(if(fate = ${fates.matched}, code, NULL) AS ${number}) AS label`,
    `if(fate = ${fates.matched}, ${labelUs}, NULL) AS label_us`,
    `CAST(if(fate = ${fates.matched}, ${hoursBetween('at_us', labelUs)}, NULL) AS INTEGER) AS lag`,
    `${scoreSql(build)} AS score`,
    ...categories.map(({ name }) => name),
    'CAST(fate AS UTINYINT) AS fate',
    `if(fate > ${fates.matched}, CAST(key AS VARCHAR), NULL) AS odd_key`,
  ];
  const timed = quality.missingTimes + quality.infiniteTimes > 0 ? 'WHERE at_us IS NOT NULL' : '';
  // Text becomes codes before the join, so that join and sort carry integers; equal instants are told apart by the
  // hash of the id, which sorts faster than the id and is as repeatable.
  const coded = [
    'key',
    'at_us',
    'score',
    `${coding.predicted} AS predicted`,
    ...categories.map(({ name, sql }) => `${sql} AS ${name}`),
  ];
  await database.run(
    `CREATE TABLE cache.row AS SELECT ${columns.join(', ')} FROM (
       SELECT p.*, l.code, l.label_us, CASE
         WHEN l.key IS NULL THEN ${fates.unlabelled} WHEN l.chosen THEN ${fates.matched} WHEN l.code IS NULL THEN ${fates.null}
         WHEN l.infinite THEN ${fates.infinite} WHEN ${early} THEN ${fates.early} ELSE ${fates.matched} END AS fate
       FROM (SELECT ${coded.join(', ')} FROM wide_kept ${timed}) p
       LEFT JOIN usable_label l ON p.key = l.key)
     ORDER BY at_us, hash(key)`,
  );
}

/** Binary scores become the probability of the positive class; whatever is no probability becomes NULL. */
function scoreSql({ spec }: ImportBuild): string {
  const valid = 'if(isfinite(score) AND score BETWEEN 0 AND 1, score, NULL)';
  if (spec.task !== 'binary' || spec.predictions.scoreOf !== 'predicted') return valid;
  return `CASE predicted WHEN 1 THEN ${valid} WHEN 0 THEN 1 - ${valid} END`;
}

/**
 * Scores and numeric features once more, arranged so that distances between distributions are quick: ascending, or, of very many
 * rows, binned by day.
 */
export async function arrangeValues(build: ImportBuild, sides: Sides): Promise<void> {
  const { database, spec } = build;
  const columns: BinnedColumn[] = sides.features.flatMap(({ kind }, position) =>
    kind === 'numeric' ? [{ position, sql: `f${position}` }] : [],
  );
  if (columns.length > mostArrangedFeatures) columns.length = 0;
  if (spec.task === 'regression') columns.push({ position: SCORE_POSITION, sql: 'predicted' });
  else if (sides.hasScores) columns.push({ position: SCORE_POSITION, sql: 'score' });
  const [line] = await database.rows<{ rows: number }>('SELECT count(*) AS rows FROM cache.row');
  if (line!.rows > MOST_EXACT_ROWS) return storeBins(database, 'cache.', columns, line!.rows);
  for (const { position, sql } of columns) {
    const name = position === SCORE_POSITION ? 'sorted_score' : `sorted_f${position}`;
    await database.run(
      `CREATE TABLE cache.${name} AS SELECT ${sql} AS value, day FROM cache.row WHERE ${sql} IS NOT NULL ORDER BY value, day`,
    );
  }
}
