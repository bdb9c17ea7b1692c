import type { z } from 'zod';
import { UserFault } from '../../../shared/errors.ts';
import type { BadScores } from '../../../shared/model/dataset.ts';
import { farTimeSql } from '../days.ts';
import { countWords } from './count-words.ts';
import { firstFile } from './first-file.ts';
import type { ImportBuild } from './import-build.ts';
import type { Sides } from './sides.ts';

/** What the kept predictions are worth: counted in one scan, before anything is joined. */
export interface Quality {
  kept: number;
  missingTimes: number;
  infiniteTimes: number;
  missingValues: number;
  infiniteValues: number;
  badScores: z.infer<typeof BadScores>;
}

export async function measureQuality(build: ImportBuild, sides: Sides): Promise<Quality> {
  const { database, spec, notes, former } = build;
  const numeric = spec.task === 'regression';
  const [row] = await database.rows<Record<string, number>>(
    `SELECT count(*) AS kept,
       count(*) FILTER (at_us IS NULL AND NOT infinite) AS missing_times,
       count(*) FILTER (infinite) AS infinite_times,
       count(*) FILTER (at_us IS NOT NULL AND ${numeric ? '(value IS NULL OR isnan(value))' : 'value IS NULL'}) AS missing_values,
       count(*) FILTER (at_us IS NOT NULL AND ${numeric ? 'isinf(value)' : 'FALSE'}) AS infinite_values,
       count(*) FILTER (${farTimeSql('at_us')}) AS far_times,
       count(*) FILTER (at_us IS NOT NULL AND score IS NULL) AS score_null,
       count(*) FILTER (at_us IS NOT NULL AND isnan(score)) AS score_nan,
       count(*) FILTER (at_us IS NOT NULL AND isinf(score)) AS score_infinite,
       count(*) FILTER (at_us IS NOT NULL AND isfinite(score) AND (score < 0 OR score > 1)) AS score_outside,
       count(*) FILTER (isfinite(score) AND score > 1 AND score <= 100) AS score_percent,
       count(*) FILTER (isfinite(score)) AS score_finite
     FROM kept`,
  );
  const found = row!;
  if (former) {
    // What is carried has a time, a value and, where there are any, a score.
    const [carried] = await database.rows<{ n: number }>('SELECT coalesce(sum(n), 0)::BIGINT AS n FROM carried_count');
    found.kept! += carried!.n;
    if (sides.hasScores) found.score_finite! += carried!.n;
  }
  const score = spec.predictions.score ?? '';
  if (sides.hasScores && found.score_percent! * 2 > found.score_finite!) {
    const rows = { database, view: 'raw_prediction', schema: sides.predictions };
    const file = await firstFile(rows, 'score > 1 AND score <= 100');
    throw new UserFault(
      `score column ${score} looks like percent (${found.score_percent} of ${found.score_finite} values lie between 1 and 100), divide by 100, first: ${file}`,
      { file, column: score, count: found.score_percent },
    );
  }
  const usable = found.kept! - found.missing_times! - found.infinite_times!;
  const badScores = sides.hasScores
    ? {
        null: found.score_null!,
        nan: found.score_nan!,
        infinite: found.score_infinite!,
        outOfRange: found.score_outside!,
      }
    : { null: 0, nan: 0, infinite: 0, outOfRange: 0 };
  const bad = badScores.null + badScores.nan + badScores.infinite + badScores.outOfRange;
  if (bad > 0) {
    notes.push({
      code: bad === usable ? 'no-scores' : 'bad-scores',
      column: score,
      count: bad,
      text:
        bad === usable
          ? `no value of score column ${score} is a probability, metrics that need scores are undefined`
          : countWords(
              bad,
              `value|values of score column {} is|are no probability (${badScores.null} null, ${badScores.nan} NaN, ${badScores.infinite} infinite, ${badScores.outOfRange} outside 0..1) and was|were left out of metrics that need scores`,
              score,
            ),
    });
  }
  const time = spec.predictions.time;
  if (usable === 0) {
    throw new UserFault(`no prediction has a usable time in column ${time}, of ${found.kept}`, { column: time });
  }
  const odd = [
    [
      'missing-times',
      found.missing_times!,
      countWords(
        found.missing_times!,
        'prediction|predictions has|have no time in column {} and was|were excluded',
        time,
      ),
    ],
    [
      'infinite-times',
      found.infinite_times!,
      countWords(
        found.infinite_times!,
        'prediction|predictions has|have an infinite time in column {} and was|were excluded',
        time,
      ),
    ],
    [
      'far-times',
      found.far_times!,
      countWords(
        found.far_times!,
        'prediction|predictions lies|lie before 1980 or after 2099 in column {}, as fillers for a missing time do, and was|were kept, but not to tell how late labels come',
        time,
      ),
    ],
  ] as const;
  for (const [code, count, text] of odd) if (count > 0) notes.push({ code, column: time, count, text });
  const value = spec.predictions.value;
  if (found.missing_values! > 0) {
    notes.push({
      code: 'missing-values',
      column: value,
      count: found.missing_values!,
      text: countWords(
        found.missing_values!,
        'prediction|predictions has|have no value in column {} and enters|enter no metric',
        value,
      ),
    });
  }
  if (found.infinite_values! > 0) {
    notes.push({
      code: 'infinite-values',
      column: value,
      count: found.infinite_values!,
      text: countWords(
        found.infinite_values!,
        'prediction|predictions has|have an infinite value, or one beyond 1e100, in column {} and enters|enter no metric',
        value,
      ),
    });
  }
  return {
    kept: found.kept!,
    missingTimes: found.missing_times!,
    infiniteTimes: found.infinite_times!,
    missingValues: found.missing_values!,
    infiniteValues: found.infinite_values!,
    badScores,
  };
}
