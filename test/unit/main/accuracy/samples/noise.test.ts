import { describe, expect, it } from 'vitest';
import { dayDraws, rowDraws } from '../../../../../src/main/accuracy/samples/noise.ts';
import { scratchDatabase, scratchFolder } from '../../../../fixtures/scratch.ts';

const rows = 50_000;

async function draw(expressions: Record<string, string>): Promise<Record<string, Float64Array>> {
  const database = await scratchDatabase(scratchFolder());
  const list = Object.entries(expressions).map(([name, sql]) => `${sql} AS ${name}`);
  return database.columns(`SELECT ${list.join(', ')} FROM range(${rows}) AS r(row)`);
}

const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
function correlation(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('rowDraws', () => {
  const draws = rowDraws('row', 7);

  it('is uniform: chi-square over 64 bins below its 99.99 % point', async () => {
    const { u } = await draw({ u: draws.uniform(3) });
    const counts = new Float64Array(64);
    for (const x of u!) counts[Math.floor(x * 64)]! += 1;
    const expected = rows / 64;
    const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chi).toBeLessThan(112);
    expect(Math.min(...u!)).toBeGreaterThan(0);
    expect(Math.max(...u!)).toBeLessThan(1);
  });

  it('has the moments of the standard normal', async () => {
    const { z } = await draw({ z: draws.normal(8) });
    expect(Math.abs(mean(z!))).toBeLessThan(4 / Math.sqrt(rows));
    expect(mean(z!.map((x) => x * x))).toBeCloseTo(1, 1);
    expect(mean(z!.map((x) => x ** 4))).toBeCloseTo(3, 0);
  });

  it('keeps streams, pair members, neighbouring rows and seeds apart', async () => {
    const values = await draw({
      a: draws.uniform(1),
      b: draws.uniform(2),
      cosine: draws.normal(8),
      sine: draws.normal(8, true),
      next: rowDraws('row + 1', 7).uniform(1),
      seed: rowDraws('row', 8).uniform(1),
    });
    const names = Object.keys(values);
    for (const [index, one] of names.entries()) {
      for (const other of names.slice(index + 1)) {
        expect(Math.abs(correlation(values[one]!, values[other]!)), `${one} and ${other}`).toBeLessThan(0.025);
      }
    }
  });

  it('refuses a stream outside its block, which would be the next row', () => {
    expect(() => draws.uniform(64)).toThrow('stream: 64');
  });
});

describe('dayDraws', () => {
  it('is the same number for all rows of a day', async () => {
    const { z } = await draw({ z: dayDraws('(row // 10000)', 7).normal(40) });
    expect(new Set(z).size).toBe(5);
  });
});
