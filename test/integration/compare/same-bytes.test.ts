import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/main/accuracy/compare.ts';
import { importDataset } from '../../../src/main/accuracy/import/import-dataset.ts';
import { openDataset } from '../../../src/main/accuracy/open-dataset.ts';
import { writeSample } from '../../../src/main/accuracy/samples/write-sample.ts';
import { series } from '../../../src/main/accuracy/series.ts';
import { CompareRequest } from '../../../src/shared/model/request.ts';
import { quietWork, scratchFolder } from '../../fixtures/scratch.ts';

describe('rows that several threads read', () => {
  // Scores with three decimals are equal by the hundred: what stands beside equal values must not depend on who came first.
  it('give the same bytes every time, the whole and a segment that is sorted when it is asked', async () => {
    const folder = scratchFolder();
    const shape = { seed: 1, rowsPerDay: 6000, days: 90, work: quietWork };
    const file = await writeSample('silent-failure', join(folder, 'data'), shape);
    const cacheFolder = join(folder, 'cache');
    const { id } = await importDataset(file, { cacheFolder, work: quietWork });
    const windows = {
      reference: { from: '2026-03-02', to: '2026-04-30' },
      current: { from: '2026-05-01', to: '2026-05-30' },
    };
    const answers = async (within: Record<string, string>, chunk: string) => {
      const dataset = await openDataset(cacheFolder, id);
      try {
        const request = CompareRequest.parse({ dataset: id, ...windows, within });
        const over = { dataset: id, reference: windows.reference, chunk, seed: 1, within };
        const found = await Promise.all([compare(dataset, request, quietWork), series(dataset, over, quietWork)]);
        return JSON.stringify(found);
      } finally {
        await dataset.close();
      }
    };
    for (const within of [{}, { country: 'PT' }, { merchant_category: 'rail' }] as Record<string, string>[]) {
      const first = await answers(within, '1d');
      for (let again = 0; again < 3; again++) {
        expect((await answers(within, '1d')) === first, JSON.stringify(within)).toBe(true);
      }
    }
  }, 120_000);
});

describe('a segment whose rows are copied first', () => {
  it('has the same bytes as one that is read where it lies', async () => {
    const folder = scratchFolder();
    const file = await writeSample('silent-failure', join(folder, 'data'), {
      seed: 2,
      rowsPerDay: 1500,
      days: 90,
      work: quietWork,
    });
    const cacheFolder = join(folder, 'cache');
    const { id } = await importDataset(file, { cacheFolder, work: quietWork });
    const dataset = await openDataset(cacheFolder, id);
    const inPlace = {
      ...dataset,
      database: {
        ...dataset.database,
        restricted: async () => ({ database: { ...dataset.database }, release: async () => {} }),
        withSignal: (signal: AbortSignal) => ({
          ...dataset.database.withSignal(signal),
          restricted: inPlace.database.restricted,
        }),
      },
    };
    try {
      const within = { country: 'PT' };
      const request = CompareRequest.parse({
        dataset: id,
        reference: { from: '2026-03-02', to: '2026-04-30' },
        current: { from: '2026-05-01', to: '2026-05-30' },
        within,
      });
      const over = { dataset: id, reference: request.reference, chunk: '1w', seed: 1, within };
      const [copied, read] = [dataset, inPlace].map((rows) =>
        Promise.all([compare(rows, request, quietWork), series(rows, over, quietWork)]),
      );
      expect(JSON.stringify(await copied)).toBe(JSON.stringify(await read));
    } finally {
      await dataset.close();
    }
  });
});
