import type { WebgpuDefinition } from '../model/webgpu.ts';
import { distinctShape, distinctValues, seededWord } from './seeded-values.ts';

type Described = Pick<WebgpuDefinition, 'kernel' | 'shapes' | 'buffers'>;

/** Output values without their repetitions, and which of them belongs at a position of the output. */
export interface Reference {
  values: Float64Array;
  /** Length of the whole output in values. */
  count: number;
  /** Position in `values` of the output value at `index`. */
  valueAt(index: number): number;
}

export const seededBuffer = (definition: Described, name: string) => {
  const values = definition.buffers.find((buffer) => buffer.name === name)?.values;
  if (values?.generator !== 'seeded-1') throw new Error(`no seeded input of this name: ${name}`);
  return values;
};

/** Rows of `a` times rows of `b`: every distinct dot product over the common length, in double precision. */
export const dotProducts = (a: Float64Array, b: Float64Array, length: number): Float64Array => {
  const [rows, columns] = [a.length / length, b.length / length];
  const out = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += (a[row * length + k] as number) * (b[column * length + k] as number);
      out[row * columns + column] = sum;
    }
  return out;
};

/** c = a b^T where rows of both repeat: as many distinct values as the periods multiply to. */
export const productReference = (definition: Described): Reference => {
  const { batch = 1, m = 1, n = 1, k = 1 } = definition.shapes;
  const [a, b] = [seededBuffer(definition, 'a'), seededBuffer(definition, 'b')];
  const [rows, columns] = [distinctShape(a)[0], distinctShape(b)[0]];
  return {
    values: dotProducts(distinctValues(a), distinctValues(b), k),
    count: batch * m * n,
    valueAt: (index) => (Math.floor(index / n) % rows) * columns + ((index % n) % columns),
  };
};

const copied = (definition: Described): Reference => {
  const source = seededBuffer(definition, 'source');
  return {
    values: distinctValues(source),
    count: source.columns,
    valueAt: (index) => index % source.columnPeriod,
  };
};

/** What a chain of dispatches leaves: x = x * 1664525 + (position xor seed), once per dispatch, modulo 2^32. */
const chained = ({ shapes: { elements = 1, dispatches = 1, seed = 1 } }: Described): Reference => ({
  values: Float64Array.from({ length: elements }, (_, index) => {
    let x = seededWord(seed, index);
    for (let step = 1; step < dispatches; step++) x = (Math.imul(x, 1664525) + (index ^ seed)) >>> 0;
    return x;
  }),
  count: elements,
  valueAt: (index) => index,
});

/** A chain of fused multiply-adds by one: whole numbers, exact in f32, and equal to the number of steps. */
const stepped = ({ shapes: { threads = 1, steps = 1 } }: Described): Reference => ({
  values: Float64Array.from({ length: Math.min(256, threads) }, (_, index) => index + steps),
  count: threads,
  valueAt: (index) => index % 256,
});

const references: Record<string, (definition: Described) => Reference> = {
  'gemm-i8': productReference,
  copy: copied,
  h2d: copied,
  d2h: copied,
  'launch-chain': chained,
  'clock-probe': stepped,
};

/** The output of a kernel whose arithmetic is exact; null for the others. */
export const exactOutput = (definition: Described): Reference | null =>
  references[definition.kernel]?.(definition) ?? null;

/** What the digest of an exact output is made of: its distinct values as decimal numbers. */
export const exactOutputText = ({ values }: Reference): string => values.join(',');
