import { describe, expect, it } from 'vitest';
import { metricNamed } from '../../../../../src/main/accuracy/metrics/catalogue.ts';
import { alarmsOf } from '../../../../../src/main/accuracy/series/alarms.ts';
import type { Chunk } from '../../../../../src/shared/model/series.ts';

const limits = { low: 0.8, high: 0.9, method: 'given' };
const metric = metricNamed('binary', 'accuracy');

function chunk(accuracy: number | null, distance: number, change: Partial<Chunk> = {}): Omit<Chunk, 'alarms'> {
  const half = 0.01;
  return {
    from: '2026-01-01',
    to: '2026-01-01',
    n: 1000,
    labelled: 1000,
    maturity: 1,
    provisional: false,
    period: 'analysis',
    realised: {
      accuracy: {
        value: accuracy,
        low: accuracy === null ? null : accuracy - half,
        high: accuracy === null ? null : accuracy + half,
        level: 0.95,
        n: 1000,
        method: 'test@1',
      },
    },
    estimated: {},
    predictionDrift: {
      distance,
      normalised: null,
      threshold: 0.1,
      exceeds: distance > 0.1,
      n: 1000,
      method: 'test@1',
      blocks: 30,
      bound: 0,
    },
    featureDrift: {},
    ...change,
  };
}
const kinds = (one: Omit<Chunk, 'alarms'>) => alarmsOf(one, 4, metric, limits, () => 0.12).map(({ kind }) => kind);

describe('alarms of a chunk', () => {
  it.each([
    ['nothing moved', chunk(0.85, 0.05), []],
    ['accuracy fell', chunk(0.7, 0.05), ['performance']],
    ['accuracy fell and predictions moved', chunk(0.7, 0.2), ['performance', 'prediction-drift']],
    ['predictions moved, accuracy is fine', chunk(0.85, 0.2), []],
    ['predictions moved, no labels yet', chunk(null, 0.2), ['prediction-drift']],
    ['predictions moved, labels still arriving', chunk(0.85, 0.2, { provisional: true }), ['prediction-drift']],
    ['predictions moved as they do once in a hundred chunks', chunk(null, 0.11), []],
    ['accuracy of the first labels is low', chunk(0.5, 0.05, { provisional: true }), []],
    ['the fall is within its interval', chunk(0.795, 0.05), []],
    ['accuracy rose', chunk(0.99, 0.05), []],
    ['all of it in the reference', chunk(0.5, 0.5, { period: 'reference' }), []],
  ])('%s', (_, one, expected) => {
    expect(kinds(one)).toEqual(expected);
  });

  it('point to their evidence', () => {
    const [performance, drift] = alarmsOf(chunk(0.7, 0.2), 4, metric, limits, () => 0.12);
    expect(performance?.evidence).toEqual(['/chunks/4/realised/accuracy', '/limits/accuracy']);
    expect(performance?.text).toContain('2026-01-01');
    expect(drift?.evidence).toEqual(['/chunks/4/predictionDrift']);
  });
});
