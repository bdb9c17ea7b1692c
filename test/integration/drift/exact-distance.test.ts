import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { featureDrift } from '../../../src/main/accuracy/drift/feature-drift.ts';
import { predictionDrift } from '../../../src/main/accuracy/drift/prediction-drift.ts';
import { type SmallCache, smallCache, valueRows } from './small-cache.ts';

interface Answer {
  reference: number[];
  current: number[];
  wasserstein: number;
  deviation: number;
  ks: number;
  js: number;
  psi: number;
}

const answers: Record<string, Answer> = JSON.parse(
  readFileSync(new URL('../../fixtures/known-answers/drift.json', import.meta.url), 'utf8'),
);
const reference = { from: 100, to: 109 };
const current = { from: 110, to: 114 };

let cache: SmallCache | undefined;
afterEach(async () => {
  await cache?.close();
  cache = undefined;
});

async function cacheOf(answer: Answer, sorted: boolean): Promise<SmallCache> {
  const dealt = (values: number[], from: number, days: number) =>
    Array.from({ length: days }, (_, d) => ({ day: from + d, values: values.filter((_, i) => i % days === d) }));
  const rows = valueRows([...dealt(answer.reference, 100, 10), ...dealt(answer.current, 110, 5)]);
  // Days outside both windows and missing values must not matter.
  const noise = '(5::DOUBLE, 99::INTEGER), (-7::DOUBLE, 120::INTEGER), (NULL, 101::INTEGER)';
  return smallCache({
    task: 'regression',
    rows: `SELECT day, day * 86400000000::BIGINT AS at_us, value AS predicted, NULL::DOUBLE AS label, NULL::BIGINT AS label_us,
      NULL::DOUBLE AS score, value AS f0 FROM (VALUES ${rows}, ${noise}) t(value, day)`,
    features: [{ name: 'amount', kind: 'numeric' }],
    sorted,
  });
}

const close = (actual: number | null | undefined, expected: number) =>
  expect(Math.abs((actual ?? Number.NaN) / expected - 1)).toBeLessThan(1e-9);

describe.each(Object.keys(answers))('known answers of scipy: %s', (name) => {
  const answer = answers[name] as Answer;
  it.each([
    ['sorted tables', true],
    ['a sort on the fly', false],
  ])('from %s', async (_, sorted) => {
    cache = await cacheOf(answer, sorted);
    const [feature] = await featureDrift(cache.dataset, { reference, current });
    close(feature?.wasserstein, answer.wasserstein);
    close(feature?.normalised, answer.wasserstein / answer.deviation);
    close(feature?.ks, answer.ks);
    close(feature?.js, answer.js);
    close(feature?.psi, answer.psi);
    const predictions = await predictionDrift(cache.dataset, { reference, current, seed: 1 });
    close(predictions.distance, answer.wasserstein);
    close(predictions.normalised, answer.wasserstein / answer.deviation);
    expect(predictions.n).toBe(answer.current.length);
    expect(predictions.bound).toBe(0);
  });
});
