import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inputBytes } from '../../../../src/runner/webgpu/input-bytes.ts';
import { seededWord } from '../../../../src/shared/workloads/seeded-values.ts';

const size = fc.integer({ min: 1, max: 12 });

it('repeats rows and columns by their periods, position by position', () => {
  fc.assert(
    fc.property(size, size, size, size, fc.nat(1000), (rows, columns, rowPeriod, columnPeriod, seed) => {
      const bytes = inputBytes({
        name: 'a',
        role: 'input',
        bytes: rows * columns * 4,
        values: { generator: 'seeded-1', seed, type: 'u32', rows, columns, rowPeriod, columnPeriod },
      });
      const cells = [...new Uint32Array(bytes.buffer)];
      const distinctColumns = Math.min(columns, columnPeriod);
      const expected = Array.from({ length: rows * columns }, (_, index) => {
        const [row, column] = [Math.floor(index / columns) % rowPeriod, (index % columns) % columnPeriod];
        return seededWord(seed, row * distinctColumns + column);
      });
      expect(cells).toEqual(expected);
    }),
  );
});

it('packs four signed bytes into a word, lowest first, as packed dot products read them', () => {
  const values = {
    generator: 'seeded-1',
    seed: 5,
    type: 'i8',
    rows: 1,
    columns: 4,
    rowPeriod: 1,
    columnPeriod: 4,
  } as const;
  const bytes = inputBytes({ name: 'a', role: 'input', bytes: 4, values });
  // Python: the first row of seed 5 is -44, -40, 48, -49.
  expect(new Uint32Array(bytes.buffer)[0]).toBe(0xcf30d8d4);
});

it('writes half precision as half precision', () => {
  const values = {
    generator: 'seeded-1',
    seed: 1,
    type: 'f16',
    rows: 1,
    columns: 2,
    rowPeriod: 1,
    columnPeriod: 2,
  } as const;
  const bytes = inputBytes({ name: 'a', role: 'input', bytes: 4, values });
  // 1492470133 >>> 21 is 711 and 3529208806 >>> 21 is 1682: -313/1024 and 658/1024.
  expect([...new Uint16Array(bytes.buffer)]).toEqual([0xb4e4, 0x3924]);
});

it('fills a constant', () => {
  const bytes = inputBytes({
    name: 'factors',
    role: 'input',
    bytes: 8,
    values: { generator: 'constant', type: 'f32', value: 1.5, count: 2 },
  });
  expect([...new Float32Array(bytes.buffer)]).toEqual([1.5, 1.5]);
});
