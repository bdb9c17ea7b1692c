import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../../src/main/accuracy/compare.ts';
import { importDataset } from '../../../src/main/accuracy/import/import-dataset.ts';
import { type OpenDataset, openDataset } from '../../../src/main/accuracy/open-dataset.ts';
import { writeSample } from '../../../src/main/accuracy/samples/write-sample.ts';
import { series } from '../../../src/main/accuracy/series.ts';
import { sliceFeatures } from '../../../src/main/accuracy/slice-features.ts';
import { CompareRequest } from '../../../src/shared/model/request.ts';
import { quietWork } from '../../fixtures/scratch.ts';

const windows = {
  reference: { from: '2026-03-02', to: '2026-04-30' },
  current: { from: '2026-05-01', to: '2026-05-30' },
};

// As large as stored bins ask for. A tier is counted in them where it lies, a country is copied and sorted.
describe('a slice asked for in parts', () => {
  let id: string;
  const folder = mkdtempSync(join(tmpdir(), 'driftbench-'));
  const cacheFolder = join(folder, 'cache');
  beforeAll(async () => {
    const shape = { seed: 3, rowsPerDay: 6000, days: 90, work: quietWork };
    const file = await writeSample('silent-failure', join(folder, 'data'), shape);
    ({ id } = await importDataset(file, { cacheFolder, work: quietWork }));
  }, 120_000);

  const opened: OpenDataset[] = [];
  /** With nothing remembered. */
  const fresh = async (): Promise<OpenDataset> => {
    const dataset = await openDataset(cacheFolder, id);
    opened.push(dataset);
    return dataset;
  };
  afterAll(async () => {
    await Promise.all(opened.map((dataset) => dataset.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['a regression in one segment of it', { customer_tier: 'starter' }],
    ['a regression of all of it', { country: 'PT' }],
    ['nothing to explain', { country: 'DE' }],
  ] as [string, Record<string, string>][])(
    'is the whole comparison, whatever was asked before: %s',
    async (_, within) => {
      const request = CompareRequest.parse({ dataset: id, ...windows, within });
      const whole = await compare(await fresh(), request, quietWork);

      const dataset = await fresh();
      const over = { dataset: id, reference: windows.reference, chunk: '1d', seed: 1, within };
      await series(dataset, over, quietWork);
      const {
        featureDrift,
        segments,
        segmentSearch,
        explanation,
        onset,
        verdict,
        summary,
        ruledOut,
        missing,
        alarms,
        ...slice
      } = await compare(dataset, { ...request, featureDrift: false, segments: false }, quietWork);
      expect([featureDrift, segments, onset]).toEqual([[], [], null]);
      expect(explanation).toMatchObject({ word: 'none', reason: 'not asked for: segments were not searched' });
      expect(whole).toMatchObject(slice);
      expect(verdict).toBe(whole.metrics.accuracy?.verdict);
      expect(await sliceFeatures(dataset, request)).toEqual(whole.featureDrift);
      // What was ruled out by the features is not.
      const { ruledOut: _ruledOut, ...explained } = await compare(
        dataset,
        { ...request, featureDrift: false },
        quietWork,
      );
      expect({ ...explained, featureDrift: whole.featureDrift, ruledOut: whole.ruledOut }).toEqual(whole);

      // With its segments and their verdict, without the kind of change and what is told from it.
      const searched = await compare(dataset, { ...request, explanation: false }, quietWork);
      const { summary: told, ruledOut: out, alarms: raised, missing: lacking, ...found } = searched;
      expect(found).toEqual({
        ...whole,
        explanation: expect.objectContaining({ word: 'none', reason: 'not asked for', partitions: [] }),
        onset: null,
        summary: undefined,
        ruledOut: undefined,
        alarms: undefined,
        missing: undefined,
      });
    },
  );

  it('explains what it should', async () => {
    const dataset = await fresh();
    const explained = async (within: Record<string, string>) =>
      compare(dataset, CompareRequest.parse({ dataset: id, ...windows, within }), quietWork);
    const inside = await explained({ customer_tier: 'starter' });
    expect(inside.explanation).toMatchObject({ word: 'relation', scope: { country: 'PT', merchant_category: 'rail' } });
    expect(inside.onset?.segment).toEqual({ country: 'PT', merchant_category: 'rail' });
    expect((await explained({ country: 'PT' })).explanation).toMatchObject({ word: 'relation', scope: {} });
    const nothing = await explained({ country: 'DE' });
    expect(nothing).toMatchObject({ explanation: { word: 'none', partitions: [] }, onset: null });
  });

  it.each([
    ['read where it lies', { customer_tier: 'starter' }],
    ['copied', { country: 'PT' }],
  ] as [string, Record<string, string>][])(
    'has a series of one metric with the same numbers: %s',
    async (_, within) => {
      const over = { dataset: id, reference: windows.reference, chunk: '1w', seed: 1, within };
      for (const metric of ['accuracy', 'brier']) {
        const asked = { ...over, metric };
        const all = await series(await fresh(), asked, quietWork);
        const one = await series(await fresh(), { ...asked, allMetrics: false }, quietWork);
        expect(one.limits).toEqual({ [metric]: all.limits[metric] });
        one.chunks.forEach((chunk, i) => {
          const { realised, estimated, ...rest } = chunk;
          expect(realised).toEqual({ [metric]: all.chunks[i]?.realised[metric] });
          expect(estimated).toEqual(metric === 'accuracy' ? all.chunks[i]?.estimated : {});
          expect(all.chunks[i]).toMatchObject(rest);
        });
      }
    },
  );
});
