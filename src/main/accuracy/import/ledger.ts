import { UserFault } from '../../../shared/errors.ts';
import { RowLedger } from '../../../shared/model/dataset.ts';
import { farTimeSql } from '../days.ts';
import { type ContestedLabels, type ContestedPredictions, fates } from './contested.ts';
import { countWords } from './count-words.ts';
import type { ImportBuild } from './import-build.ts';
import type { Quality } from './quality.ts';
import { idHashSql } from './row-origin.ts';
import type { Sides } from './sides.ts';

const mostExamples = 100;

interface Counts {
  contestedPredictions: ContestedPredictions;
  contestedLabels: ContestedLabels;
  quality: Quality;
}

/** Draws up the ledger from what the steps counted; every label row has exactly one fate. Creates `orphan(key)` where there are any. */
export async function drawLedger(build: ImportBuild, sides: Sides, counts: Counts): Promise<RowLedger> {
  const { database, notes } = build;
  const { contestedPredictions, contestedLabels, quality } = counts;
  const [inRows, [joined]] = await Promise.all([
    database.rows<{ fate: number; n: number }>('SELECT fate, sum(n)::BIGINT AS n FROM judged GROUP BY fate'),
    database.rows<{ n: number }>(
      'SELECT coalesce(sum(n), 0)::BIGINT AS n FROM judged WHERE label IS NOT NULL AND predicted IS NOT NULL',
    ),
  ]);
  const nullKeys = { predictions: contestedPredictions.nullKeys, labels: contestedLabels.nullKeys };
  const rowFate = new Map(inRows.map(({ fate, n }) => [fate, n]));
  const single = sides.labels.rows - nullKeys.labels - contestedLabels.rows;
  const ofExcluded = quality.missingTimes + quality.infiniteTimes > 0 ? await labelsOfExcluded(build) : 0;
  const inSingles = (fate: number) => rowFate.get(fate) ?? 0;
  const matched = inSingles(fates.matched);
  const chosen = contestedLabels.rows - contestedLabels.superseded - sum(contestedLabels.byFate.values());
  const seen = matched - chosen + inSingles(fates.early) + inSingles(fates.null) + inSingles(fates.infinite);
  const both = (fate: number) => inSingles(fate) + (contestedLabels.byFate.get(fate) ?? 0);
  const orphans = single - seen - ofExcluded + (contestedLabels.byFate.get(fates.orphan) ?? 0);
  if (matched === 0 && orphans > 0 && quality.kept > 0) await checkOverlap(build, sides, orphans);

  const { spec } = build;
  const note = (code: string, column: string | undefined, count: number, template: string) => {
    if (count > 0)
      notes.push({
        code,
        ...(column === undefined ? {} : { column }),
        count,
        text: countWords(count, template, column),
      });
  };
  note(
    'null-prediction-keys',
    spec.predictions.id,
    nullKeys.predictions,
    `prediction|predictions has|have no id in column {} and was|were excluded`,
  );
  note(
    'null-label-keys',
    spec.labels.id,
    nullKeys.labels,
    `label|labels has|have no id in column {} and was|were excluded`,
  );
  const missing = spec.task === 'regression' ? 'no finite value up to 1e100' : 'no value';
  note(
    'null-labels',
    spec.labels.value,
    both(fates.null),
    `label|labels has|have ${missing} in column {}, the prediction|predictions counts|count as never labelled`,
  );
  note(
    'infinite-label-times',
    spec.labels.time,
    both(fates.infinite),
    `label|labels has|have an infinite time in column {} and was|were excluded`,
  );
  note(
    'far-label-times',
    spec.labels.time,
    sides.hasLabelTimes ? await farLabels(build) : 0,
    'label|labels lies|lie before 1980 or after 2099 in column {}, as fillers for a missing time do, and does|do not tell how late labels come',
  );
  note(
    'superseded-labels',
    spec.labels.value,
    contestedLabels.superseded,
    `label|labels gave way to the ${spec.keep} label of the same prediction`,
  );
  const excluded = ofExcluded + (contestedLabels.byFate.get(fates.excluded) ?? 0);
  note('labels-of-excluded', undefined, excluded, 'label|labels belongs|belong to predictions that were excluded');

  await noteScoreMeaning(build, sides);

  const ledger: RowLedger = {
    predictionRows: sides.predictions.rows,
    distinctPredictions: quality.kept,
    duplicatePredictions: contestedPredictions.duplicates,
    conflictingDuplicates: contestedPredictions.conflicting,
    labelRows: sides.labels.rows,
    matchedLabels: matched,
    orphanLabels: orphans,
    earlyLabels: both(fates.early),
    conflictingLabels: contestedLabels.conflicting,
    nullKeys: nullKeys.predictions + nullKeys.labels,
    badScores: quality.badScores,
    joined: joined!.n,
    examples: {},
    notes,
  };
  if (orphans > 0) {
    await database.run(
      'CREATE TABLE orphan AS SELECT key FROM label ANTI JOIN prediction ON label.key = prediction.key WHERE key IS NOT NULL',
    );
  }
  ledger.examples = await exampleIds(build, ledger, contestedLabels);
  return RowLedger.parse(ledger);
}

/** Without `scoreOf` a binary score is taken for the positive class; data that speak against it deserve a word. */
async function noteScoreMeaning({ database, spec, notes }: ImportBuild, sides: Sides): Promise<void> {
  const column = spec.predictions.score;
  if (!sides.hasScores || column === undefined || spec.task !== 'binary' || spec.predictions.scoreOf !== undefined)
    return;
  const [row] = await database.rows<{ low: number | null; n: number }>(
    'SELECT min(score) AS low, coalesce(sum(n) FILTER (score IS NOT NULL), 0)::BIGINT AS n FROM judged WHERE predicted = 0',
  );
  if (row!.n < 20 || row!.low === null || row!.low < 0.5) return;
  notes.push({
    code: 'score-meaning',
    column,
    count: row!.n,
    text: `${column} was read as the probability of the positive class but is at least ${row!.low} in all ${row!.n} negative predictions, set scoreOf: predicted if it is that of the predicted class`,
  });
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

async function farLabels({ database }: ImportBuild): Promise<number> {
  const [row] = await database.rows<{ n: number }>(`SELECT count(*) AS n FROM label WHERE ${farTimeSql('label_us')}`);
  return row!.n;
}

async function labelsOfExcluded(build: ImportBuild): Promise<number> {
  const [row] = await build.database.rows<{ n: number }>(
    'SELECT count(*) AS n FROM single_label SEMI JOIN (SELECT key FROM kept WHERE at_us IS NULL) k ON single_label.key = k.key',
  );
  return row!.n;
}

async function checkOverlap(build: ImportBuild, sides: Sides, orphans: number): Promise<void> {
  const [row] = await build.database.rows<{ prediction: string | null; label: string | null; known: number }>(
    `SELECT (SELECT min(CAST(key AS VARCHAR)) FROM prediction) AS prediction, (SELECT min(CAST(key AS VARCHAR)) FROM label) AS label,
            (SELECT count(*) FROM label SEMI JOIN kept ON label.key = kept.key) AS known`,
  );
  const { prediction, label, known } = row!;
  if (known > 0) return;
  const types = sides.keys.mixed ? ' (integers on one side, text on the other)' : '';
  throw new UserFault(
    `no label belongs to a prediction${types}: ids in predictions look like ${prediction}, ids in labels like ${label}, of ${orphans} labels`,
    { predictionKey: prediction, labelKey: label },
  );
}

async function exampleIds(build: ImportBuild, ledger: RowLedger, contested: ContestedLabels) {
  const { database } = build;
  const list = async (count: number, relation: string): Promise<string[]> => {
    if (count === 0) return [];
    const rows = await database.rows<{ id: string }>(
      `SELECT CAST(key AS VARCHAR) AS id FROM (SELECT DISTINCT key FROM ${relation} ORDER BY key LIMIT ${mostExamples}) ORDER BY key`,
    );
    return rows.map(({ id }) => id);
  };
  const [scores] = [
    ledger.badScores.null + ledger.badScores.nan + ledger.badScores.infinite + ledger.badScores.outOfRange,
  ];
  const inRows = `SELECT key FROM kept WHERE ${idHashSql('key')} IN (SELECT id_hash FROM judged WHERE fate = ${fates.early})`;
  const inContested =
    contested.rows > 0 ? ` UNION ALL SELECT key FROM contested_label WHERE fate = ${fates.early}` : '';
  const early = `(${inRows}${inContested})`;
  const found: [string, string[]][] = [
    [
      'duplicatePredictions',
      await list(ledger.duplicatePredictions, '(SELECT key FROM contested_prediction WHERE place > 1)'),
    ],
    ['conflictingDuplicates', await list(ledger.conflictingDuplicates, 'conflicting_prediction')],
    ['orphanLabels', await list(ledger.orphanLabels, 'orphan')],
    ['earlyLabels', await list(ledger.earlyLabels, early)],
    ['conflictingLabels', await list(ledger.conflictingLabels, 'conflicting_label')],
    [
      'badScores',
      await list(
        scores!,
        '(SELECT key FROM kept WHERE at_us IS NOT NULL AND NOT coalesce(isfinite(score) AND score BETWEEN 0 AND 1, FALSE))',
      ),
    ],
  ];
  return Object.fromEntries(found.filter(([, ids]) => ids.length > 0));
}
