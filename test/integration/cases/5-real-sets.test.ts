import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenDataset } from '../../../src/main/accuracy/open-dataset.ts';
import { series } from '../../../src/main/accuracy/series.ts';
import { SeriesRequest } from '../../../src/shared/model/request.ts';
import type { Chunk } from '../../../src/shared/model/series.ts';
import { compared, importedOnce } from '../../fixtures/cases/analyse.ts';
import { quietWork } from '../../fixtures/scratch.ts';

const data = join(import.meta.dirname, '../../fixtures/data');
interface KnownChunk {
  day?: string;
  month?: string;
  n: number;
  accuracy: number;
  rocAuc: number;
}
const known = (name: string): KnownChunk[] =>
  JSON.parse(readFileSync(join(data, name, 'roc-auc.json'), 'utf8')).chunks as KnownChunk[];

function chunksOnce(dataset: () => OpenDataset, reference: { from: string; to: string }, chunk: string): () => Chunk[] {
  let chunks: Chunk[] = [];
  beforeAll(async () => {
    const request = SeriesRequest.parse({ dataset: dataset().id, reference, chunk, metric: 'roc_auc' });
    chunks = (await series(dataset(), request, quietWork)).chunks;
  });
  return () => chunks;
}

const employment = { from: '2015-12-01', to: '2015-12-14' };

describe('case 5: Massachusetts employment', () => {
  const dataset = importedOnce(join(data, 'employment-ma', 'dataset.yaml'));
  const chunksNow = chunksOnce(dataset, employment, '1d');

  it("has scikit-learn's ROC AUC and accuracy in each of the 56 days", () => {
    const chunks = chunksNow();
    const expected = known('employment-ma');
    expect(chunks.map((chunk) => chunk.from)).toEqual(expected.map((chunk) => chunk.day));
    for (const [index, chunk] of chunks.entries()) {
      const { rocAuc, accuracy, n } = expected[index]!;
      expect(chunk.n).toBe(n);
      expect(Math.abs(chunk.realised.roc_auc!.value! - rocAuc) / rocAuc, chunk.from).toBeLessThan(1e-9);
      expect(Math.abs(chunk.realised.accuracy!.value! - accuracy) / accuracy, chunk.from).toBeLessThan(1e-9);
    }
  });

  it('finds the two bad days of 42 and no other', () => {
    const chunks = chunksNow();
    const analysis = chunks.filter((chunk) => chunk.period === 'analysis');
    expect(analysis).toHaveLength(42);
    const bad = analysis.filter((chunk) => chunk.alarms.some((alarm) => alarm.kind === 'performance'));
    expect(bad.map((chunk) => chunk.from)).toEqual(['2016-01-28', '2016-01-29']);
    // Every one of them has a feature that moved for good, and most have moved scores; that alone alarms nobody.
    expect(analysis.every((chunk) => chunk.featureDrift.year!.js! > 0.9)).toBe(true);
    expect(analysis.filter((chunk) => chunk.predictionDrift.exceeds).length).toBeGreaterThan(10);
    expect(chunks.flatMap((chunk) => chunk.alarms).filter((alarm) => alarm.feature !== undefined)).toEqual([]);
  });

  it.each(['roc_auc', 'accuracy'])('explains them as a change of mix (%s)', async (metric) => {
    const current = { from: '2016-01-28', to: '2016-01-29' };
    const result = await compared(dataset(), { reference: employment, current, metric });
    expect(result.verdict).toBe('regression');
    expect(result.explanation.word, result.explanation.reason).toBe('mix');
    expect(result.labelLatency.medianDays).toBeNull();
    expect(result.labelLatency.reason).toBeTruthy();
  });

  it.each(['2016-01-28', '2016-01-29'])('explains each of them alone, and since when: %s', async (day) => {
    const result = await compared(dataset(), { reference: employment, current: { from: day, to: day } });
    expect(result.verdict).toBe('regression');
    expect(result.explanation.word, result.explanation.reason).toBe('mix');
    expect(result.onset!.date >= '2016-01-27' && result.onset!.low <= '2016-01-28').toBe(true);
    expect(result.onset!.high).toBe('2016-01-28');
  });

  it('finds nothing in the ordinary days', async () => {
    const current = { from: '2016-01-30', to: '2016-02-11' };
    const result = await compared(dataset(), { reference: employment, current, metric: 'roc_auc' });
    expect(result.metrics.roc_auc!.verdict).not.toBe('regression');
    expect(result.alarms.filter((alarm) => alarm.kind === 'performance')).toEqual([]);
  });
});

describe('case 5: California housing', () => {
  const dataset = importedOnce(join(data, 'california-housing', 'dataset.yaml'));
  const chunksNow = chunksOnce(dataset, { from: '2020-10-01', to: '2021-05-31' }, '1mo');

  it("has scikit-learn's ROC AUC and accuracy in each of the 20 months", () => {
    const chunks = chunksNow();
    const expected = known('california-housing');
    expect(chunks.map((chunk) => chunk.from.slice(0, 7))).toEqual(expected.map((chunk) => chunk.month));
    for (const [index, chunk] of chunks.entries()) {
      const { rocAuc, accuracy } = expected[index]!;
      expect(Math.abs(chunk.realised.roc_auc!.value! - rocAuc) / rocAuc, chunk.from).toBeLessThan(1e-9);
      expect(Math.abs(chunk.realised.accuracy!.value! - accuracy) / accuracy, chunk.from).toBeLessThan(1e-9);
    }
  });
});
