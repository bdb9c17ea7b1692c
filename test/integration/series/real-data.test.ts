import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importDataset } from '../../../src/main/accuracy/import/import-dataset.ts';
import { type OpenDataset, openDataset } from '../../../src/main/accuracy/open-dataset.ts';
import { series } from '../../../src/main/accuracy/series.ts';
import { AccuracySeries } from '../../../src/shared/model/series.ts';
import { quietWork, scratchFolder } from '../../fixtures/scratch.ts';

const data = new URL('../../fixtures/data/', import.meta.url);

async function opened(name: string): Promise<OpenDataset> {
  const cacheFolder = scratchFolder();
  const yaml = fileURLToPath(new URL(`${name}/dataset.yaml`, data));
  const { id } = await importDataset(yaml, { cacheFolder, work: quietWork });
  const dataset = await openDataset(cacheFolder, id);
  onTestFinished(() => dataset.close());
  return dataset;
}

interface Answer {
  n: number;
  accuracy: number;
  rocAuc: number;
}

const answers = (name: string): Answer[] =>
  JSON.parse(readFileSync(new URL(`${name}/roc-auc.json`, data), 'utf8')).chunks;

function expectAnswers(result: AccuracySeries, expected: Answer[]): void {
  expect(result.chunks).toHaveLength(expected.length);
  result.chunks.forEach((chunk, i) => {
    const answer = expected[i] as Answer;
    expect(chunk.n).toBe(answer.n);
    expect(Math.abs((chunk.realised.roc_auc?.value ?? 0) / answer.rocAuc - 1)).toBeLessThan(1e-9);
    expect(Math.abs((chunk.realised.accuracy?.value ?? 0) / answer.accuracy - 1)).toBeLessThan(1e-9);
  });
}

describe('employment in Massachusetts', () => {
  const request = { reference: { from: '2015-12-01', to: '2015-12-14' }, metric: 'roc_auc', seed: 1 };

  it("has scikit-learn's ROC AUC per day and alarms on the two bad days only", async () => {
    const dataset = await opened('employment-ma');
    const result = await series(dataset, { ...request, dataset: dataset.id, chunk: '1d' }, quietWork);
    expectAnswers(result, answers('employment-ma'));
    const alarmed = result.chunks.filter(({ alarms }) => alarms.length > 0);
    expect(alarmed.map(({ from }) => from)).toEqual(['2016-01-28', '2016-01-29']);
    for (const { alarms } of alarmed) {
      expect(alarms.map(({ kind }) => kind)).toEqual(['performance', 'prediction-drift']);
      expect(alarms[0]?.metric).toBe('roc_auc');
    }
    // The labels were not needed to see it: the estimate from scores alone leaves the limits on the same days.
    const low = result.limits.roc_auc?.low ?? 0;
    const foreseen = result.chunks.filter(({ estimated }) => (estimated.roc_auc?.high ?? 1) < low);
    expect(foreseen.map(({ from }) => from)).toEqual(['2016-01-28', '2016-01-29']);
    expect(AccuracySeries.safeParse(JSON.parse(JSON.stringify(result))).success).toBe(true);
  });

  it('gives the same chunks by 5 000 rows, cut anew where the analysis begins', async () => {
    const dataset = await opened('employment-ma');
    const result = await series(dataset, { ...request, dataset: dataset.id, chunk: '5000' }, quietWork);
    expectAnswers(result, answers('employment-ma'));
    expect(result.chunks.filter(({ period }) => period === 'reference')).toHaveLength(14);
    expect(result.notes?.filter((note) => note.includes('short'))).toHaveLength(2);
    expect(result.chunks.filter(({ alarms }) => alarms.length > 0)).toHaveLength(2);
  });
});

describe('Californian housing', () => {
  it("has scikit-learn's ROC AUC per month", async () => {
    const dataset = await opened('california-housing');
    const request = { reference: { from: '2020-10-01', to: '2021-05-31' }, metric: 'roc_auc', chunk: '1mo', seed: 1 };
    const result = await series(dataset, { ...request, dataset: dataset.id }, quietWork);
    expectAnswers(result, answers('california-housing'));
    expect(result.chunks.map(({ from, to }) => [from, to]).at(-1)).toEqual(['2022-05-01', '2022-05-09']);
    const performance = result.chunks.filter(({ alarms }) => alarms.some(({ kind }) => kind === 'performance'));
    expect(performance.map(({ from }) => from)).toEqual(['2021-09-01']);
  });
});
