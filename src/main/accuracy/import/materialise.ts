import { hoursBetween } from '../days.ts';
import { fates } from './contested.ts';
import type { Coding } from './dictionaries.ts';
import type { ImportBuild } from './import-build.ts';
import { dayOfSql } from './instants.ts';
import type { Quality } from './quality.ts';
import { idHashSql } from './row-origin.ts';
import { earlySql, type Sides } from './sides.ts';

/**
 * Writes kept predictions with their label, sorted by instant, as `cache.row` or, where there are rows to carry, as `made`. Until the ledger
 * is drawn up `cache.row` also holds `fate`. Creates the view `judged(fate, id_hash, predicted, label, score, n)` of all rows, `n` at a time where nothing more is known of them.
 */
export async function materialiseRows(
  build: ImportBuild,
  sides: Sides,
  coding: Coding,
  quality: Quality,
): Promise<void> {
  const { database, spec, former } = build;
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
    `${idHashSql('key')} AS id_hash`,
    'prediction_file',
    `if(fate = ${fates.matched}, label_file, NULL) AS label_file`,
    'CAST(fate AS UTINYINT) AS fate',
  ];
  const timed = quality.missingTimes + quality.infiniteTimes > 0 ? 'WHERE at_us IS NOT NULL' : '';
  // Text becomes codes before the join, so that join and sort carry integers; equal instants are told apart by the
  // hash of the id, which sorts faster than the id and is as repeatable.
  const coded = [
    'key',
    'at_us',
    'score',
    'file AS prediction_file',
    `${coding.predicted} AS predicted`,
    ...categories.map(({ name, sql }) => `${sql} AS ${name}`),
  ];
  await database.run(
    `CREATE TABLE ${former ? 'made' : 'cache.row'} AS SELECT ${columns.join(', ')} FROM (
       SELECT p.*, l.code, l.label_us, l.file AS label_file, CASE
         WHEN l.key IS NULL THEN ${fates.unlabelled} WHEN l.chosen THEN ${fates.matched} WHEN l.code IS NULL THEN ${fates.null}
         WHEN l.infinite THEN ${fates.infinite} WHEN ${early} THEN ${fates.early} ELSE ${fates.matched} END AS fate
       FROM (SELECT ${coded.join(', ')} FROM wide_kept ${timed}) p
       LEFT JOIN usable_label l ON p.key = l.key)
     ORDER BY at_us, id_hash`,
  );
  const judged = 'fate, id_hash, predicted, label, score';
  await database.run(
    former
      ? `CREATE VIEW judged AS SELECT ${judged}, 1 AS n FROM made UNION ALL
         SELECT if(label IS NULL, ${fates.unlabelled}, ${fates.matched}), NULL, predicted, label, score, n FROM carried_count`
      : `CREATE VIEW judged AS SELECT ${judged}, 1 AS n FROM cache.row`,
  );
}

/** Binary scores become the probability of the positive class; whatever is no probability becomes NULL. */
function scoreSql({ spec }: ImportBuild): string {
  const valid = 'if(isfinite(score) AND score BETWEEN 0 AND 1, score, NULL)';
  if (spec.task !== 'binary' || spec.predictions.scoreOf !== 'predicted') return valid;
  return `CASE predicted WHEN 1 THEN ${valid} WHEN 0 THEN 1 - ${valid} END`;
}
