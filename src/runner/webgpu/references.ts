import type { WebgpuDefinition } from '../../shared/model/webgpu.ts';
import {
  dotProducts,
  exactOutput,
  productReference,
  type Reference,
  seededBuffer,
} from '../../shared/workloads/exact-output.ts';
import { distinctShape, distinctValues } from '../../shared/workloads/seeded-values.ts';

/** An output value as a function of its position, for outputs of which only a sample is computed. */
export interface SampledReference {
  count: number;
  compute(index: number): number;
}

const triad = (definition: WebgpuDefinition): Reference => {
  const b = seededBuffer(definition, 'b');
  const [left, right] = [distinctValues(b), distinctValues(seededBuffer(definition, 'c'))];
  return {
    values: left.map((value, index) => value + 3 * (right[index] as number)),
    count: b.columns,
    valueAt: (index) => index % b.columnPeriod,
  };
};

const matrixVector = (definition: WebgpuDefinition): Reference => {
  const { batch = 1, rows = 1, columns = 1 } = definition.shapes;
  const w = seededBuffer(definition, 'w');
  const [distinctRows] = distinctShape(w);
  return {
    values: dotProducts(distinctValues(seededBuffer(definition, 'x')), distinctValues(w), columns),
    count: batch * rows,
    valueAt: (index) => Math.floor(index / rows) * distinctRows + ((index % rows) % distinctRows),
  };
};

const attention = (definition: WebgpuDefinition): Reference => {
  const { batch = 1, heads = 1, width = 1, context = 1 } = definition.shapes;
  const [q, keys, values] = ['q', 'keys', 'values'].map((name) => distinctValues(seededBuffer(definition, name))) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const out = new Float64Array(batch * heads * width);
  const scale = 4 / Math.sqrt(width);
  for (let row = 0; row < batch * heads; row++) {
    const first = (row % heads) * context * width;
    const head = keys.subarray(first, first + context * width);
    const scores = dotProducts(q.subarray(row * width, (row + 1) * width), head, width).map((dot) => dot * scale);
    const peak = scores.reduce((a, b) => Math.max(a, b));
    const weights = scores.map((score) => Math.exp(score - peak));
    const total = weights.reduce((a, b) => a + b);
    for (let key = 0; key < context; key++) {
      const share = (weights[key] as number) / total;
      for (let i = 0; i < width; i++) {
        const at = row * width + i;
        out[at] = (out[at] as number) + share * (values[first + key * width + i] as number);
      }
    }
  }
  return { values: out, count: out.length, valueAt: (index) => index };
};

const convolution = (definition: WebgpuDefinition): SampledReference => {
  const { batch = 1, height = 1, width = 1, channels = 1, filters = 1 } = definition.shapes;
  const [image, weights] = [seededBuffer(definition, 'a'), seededBuffer(definition, 'b')];
  const [pixels, taps] = [distinctValues(image), distinctValues(weights)];
  const [distinctFilters] = distinctShape(weights);
  const compute = (index: number): number => {
    const pixel = Math.floor(index / filters);
    const filter = (index % filters) % distinctFilters;
    const [x, y] = [pixel % width, Math.floor(pixel / width) % height];
    let sum = 0;
    for (let tap = 0; tap < 9; tap++) {
      const [dx, dy] = [(tap % 3) - 1, Math.floor(tap / 3) - 1];
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      const from = (pixel + dy * width + dx) * channels;
      const weight = (filter * 9 + tap) * channels;
      for (let c = 0; c < channels; c++) sum += (pixels[from + c] as number) * (taps[weight + c] as number);
    }
    return sum;
  };
  return { count: batch * height * width * filters, compute };
};

const references: Record<string, (definition: WebgpuDefinition) => Reference | SampledReference> = {
  product: productReference,
  triad,
  'matrix-vector': matrixVector,
  attention,
  convolution,
};

/** What the output of a definition must be, computed on the processor in double precision; null when nobody knows how. */
export const referenceOf = (definition: WebgpuDefinition): Reference | SampledReference | null =>
  definition.expected.kind === 'exact'
    ? exactOutput(definition)
    : (references[definition.expected.reference]?.(definition) ?? null);
