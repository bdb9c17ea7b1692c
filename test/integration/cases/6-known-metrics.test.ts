import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compared, importedOnce } from '../../fixtures/cases/analyse.ts';

const data = join(import.meta.dirname, '../../fixtures/data');
interface Known {
  from: string;
  to: string;
  n: number;
  metrics: Record<string, number>;
}
const sets = [
  { name: 'employment-ma', reference: { from: '2015-12-01', to: '2015-12-14' } },
  { name: 'california-housing', reference: { from: '2020-10-01', to: '2021-05-31' } },
];

describe.each(sets)('case 6: whole windows of $name', ({ name, reference }) => {
  const dataset = importedOnce(join(data, name, 'dataset.yaml'));

  it("has scikit-learn's value of each metric", async () => {
    const known = JSON.parse(readFileSync(join(data, name, 'metrics.json'), 'utf8')) as Known;
    const result = await compared(dataset(), { reference, current: { from: known.from, to: known.to } });
    expect(result.windows.current.labelled).toBe(known.n);
    for (const [metric, expected] of Object.entries(known.metrics)) {
      const { value, reason } = result.metrics[metric]!.current;
      expect(value, `${metric}: ${reason}`).not.toBeNull();
      expect(Math.abs(value! - expected) / Math.abs(expected), metric).toBeLessThan(1e-9);
    }
  });

  it('gives a reason for every number it does not have, and never NaN', async () => {
    const { from } = JSON.parse(readFileSync(join(data, name, 'metrics.json'), 'utf8')) as Known;
    const result = await compared(dataset(), { reference, current: { from, to: from } });
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'number') expect(Number.isFinite(value), path).toBe(true);
      if (value === null || typeof value !== 'object') return;
      if ('value' in value && 'method' in value && value.value === null) {
        expect('reason' in value && value.reason, path).toBeTruthy();
      }
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}/${key}`);
    };
    walk(result, '');
  });
});
