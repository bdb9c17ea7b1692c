import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importDataset } from '../../../src/main/accuracy/import/import-dataset.ts';
import { cacheContents } from '../../fixtures/zoo/cache-contents.ts';
import { GrowingWorld, type WorldShape } from '../../fixtures/zoo/growing-world.ts';
import type { Zoo } from '../../fixtures/zoo/zoo.ts';

const CHANGES = 5;

const shape: fc.Arbitrary<WorldShape> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  task: fc.constantFrom('binary', 'multiclass', 'regression'),
  labelTimes: fc.boolean(),
  times: fc.constantFrom('timestamp', 'text', 'epoch', 'days'),
  ids: fc.constantFrom('text', 'number'),
  dirty: fc.boolean(),
  folders: fc.boolean(),
  identifiers: fc.boolean(),
});

async function outcome(zoo: Zoo, cacheFolder: string, steps: string[] = []) {
  const work = {
    signal: new AbortController().signal,
    progress: ({ step }: { step: string }) => void steps.push(step),
  };
  try {
    const { id } = await importDataset(zoo.yamlPath, { cacheFolder, work });
    return await cacheContents(cacheFolder, id);
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

test('whatever happens to the files, a cache that grew holds what a fresh import gives', async () => {
  let carried = 0;
  await fc.assert(
    fc.asyncProperty(shape, async (drawn) => {
      const world = new GrowingWorld(drawn);
      const { zoo } = world;
      try {
        await world.begin(drawn.identifiers ? 13 : 10);
        await outcome(zoo, zoo.cacheFolder);
        for (let number = 0; number < CHANGES; number += 1) {
          const what = await world.change();
          const steps: string[] = [];
          const grown = await outcome(zoo, zoo.cacheFolder, steps);
          if (steps.at(-1) === 'arranging values' && steps.includes('carrying over unchanged rows')) carried += 1;
          const fresh = join(zoo.folder, 'fresh');
          expect(grown, what).toEqual(await outcome(zoo, fresh));
          rmSync(fresh, { recursive: true });
        }
      } finally {
        zoo.remove();
      }
    }),
    { numRuns: 8 },
  );
  expect(carried).toBeGreaterThan(20);
});
