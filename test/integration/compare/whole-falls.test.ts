import { afterEach, beforeEach, expect, it } from 'vitest';
import { compared } from '../../fixtures/cases/analyse.ts';
import { Zoo } from '../../fixtures/zoo/zoo.ts';

// 40 days x 600 rows, predictions of minutes; from day 25 on every error is 2.5 times as large, for the courier asked for 5 times.
const rows = (worse: string) => `SELECT i AS id, TIMESTAMP '2026-03-01' + to_minutes((i * 24 * 60) // 600) AS "at",
    ['inner', 'ring', 'rural'][1 + (hash(i, 1) % 3)::INTEGER] AS zone, 'c' || (hash(i, 2) % 4) AS courier,
    30.0::DOUBLE AS predicted, 30 + ((hash(i, 3) % 2000)::DOUBLE / 100 - 10)
      * CASE WHEN i < 15000 THEN 1 WHEN courier = '${worse}' THEN 5 ELSE 2.5 END AS truth FROM range(24000) t(i)`;

let zoo: Zoo;
beforeEach(() => {
  zoo = new Zoo();
});
afterEach(() => zoo.remove());

const lines = async (worse: string, metric: string) => {
  await zoo.parquet('predictions/a.parquet', `SELECT id, "at", zone, courier, predicted FROM (${rows(worse)})`);
  await zoo.parquet('labels/a.parquet', `SELECT id, truth AS label, "at" AS labelled_at FROM (${rows(worse)})`);
  const scores = { 'predictions.score': undefined, 'predictions.scoreOf': undefined };
  zoo.yaml({ task: 'regression', ...scores, segments: ['zone', 'courier'], features: [] });
  const dataset = await zoo.open();
  const windows = {
    reference: { from: '2026-03-01', to: '2026-03-25' },
    current: { from: '2026-03-26', to: '2026-04-09' },
  };
  const comparison = await compared(dataset, { ...windows, metric });
  await dataset.close();
  expect(comparison.verdict).toBe('regression');
  const { segments, alarms } = comparison;
  return {
    regressed: segments.filter(({ verdict }) => verdict === 'regression').map(({ segment }) => segment),
    ofTheWhole: segments.filter(({ explainedBy }) => explainedBy && Object.keys(explainedBy).length === 0).length,
    alarms: alarms.filter(({ kind }) => kind === 'segment').map(({ segment }) => segment),
  };
};

it.each(['mae', 'rmse'])(
  'errors that grow everywhere are no news of a segment, however large their unit: %s',
  async (metric) => {
    expect(await lines('none', metric)).toEqual({ regressed: [], ofTheWhole: 3 + 4 + 12, alarms: [] });
  },
);

it.each(['mae', 'rmse'])('a segment whose errors grow more than all others still is: %s', async (metric) => {
  expect(await lines('c2', metric)).toMatchObject({ regressed: [{ courier: 'c2' }], alarms: [{ courier: 'c2' }] });
});
