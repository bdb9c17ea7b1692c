import { describe, expect, it } from 'vitest';
import { slowLabels } from '../../../src/main/accuracy/samples/scenarios.ts';
import { sized } from '../../../src/main/accuracy/samples/write-sample.ts';
import { compared, opened } from '../../fixtures/cases/analyse.ts';

describe('case 4: errors are labelled sooner', () => {
  it.each([1, 2, 3])('is no regression although the newest days look terrible (seed %i)', async (seed) => {
    const dataset = await opened(sized(slowLabels, 3000), seed);
    const [naive] = await dataset.database.rows<{ last: number; all: number }>(
      `SELECT avg((predicted = label)::INTEGER) FILTER (WHERE day > (SELECT max(day) FROM row) - 4) AS last,
              avg((predicted = label)::INTEGER) FILTER (WHERE day < (SELECT max(day) FROM row) - 60) AS all
       FROM row WHERE label IS NOT NULL`,
    );
    // The trap is set: who compares labelled rows as they are sees a fall of thirty points.
    expect(Math.abs(naive!.last - 0.6)).toBeLessThan(0.05);
    expect(naive!.all).toBeGreaterThan(0.91);

    for (const current of [
      { from: '2026-05-01', to: '2026-05-30' },
      { from: '2026-05-24', to: '2026-05-30' },
    ]) {
      const result = await compared(dataset, { current });
      expect(result.verdict, JSON.stringify(result.metrics.accuracy)).not.toBe('regression');
      expect(result.alarms).toEqual([]);
      expect(result.windows.current.provisional).toBe(true);
    }
  });
});
