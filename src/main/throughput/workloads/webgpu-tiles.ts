import type { WebgpuBuffer } from '../../../shared/model/webgpu.ts';
import {
  columnPeriod,
  type KernelChoice,
  type KernelDraft,
  output,
  productTolerance,
  type ReferenceKernel,
  rowPeriod,
  seededInput,
  storageTypes,
  wgsl,
} from './webgpu-kernel.ts';

/** Output rows and columns of a workgroup, and what one step along the common length loads, in vectors of four. */
const [tileRows, tileColumns, tileVectors] = [128, 64, 4];

interface Tiling {
  /** Aliases `Vector`, `Staged` (what workgroup memory holds) and `Sum`. */
  types: string;
  /** Rows of the output, columns of it, and vectors of four along the common length. */
  rows: number;
  columns: number;
  vectors: number;
  /** Expression of the vector at `row` and `step`, and of one staged row times four staged columns added to a sum. */
  load: string;
  /** Functions that `load` needs. */
  functions?: string;
  stage: (value: string) => string;
  add: (sum: string, row: string, columns: string) => string;
}

/**
 * c = a b^T in tiles of 128 x 64: 256 threads stage both operands transposed in workgroup memory (padded against bank
 * conflicts) and keep 8 x 4 sums each in registers.
 */
const tileModule = ({ types, rows, columns, vectors, load, functions = '', stage, add }: Tiling): string =>
  wgsl(`
${types}
@group(0) @binding(0) var<storage, read> a: array<Vector>;
@group(0) @binding(1) var<storage, read> b: array<Vector>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4<Sum>>;
const rows = ${rows}u;
const columns = ${columns}u;
const vectors = ${vectors}u;
const strideA = ${tileRows + 4}u;
const strideB = ${tileColumns + 4}u;
var<workgroup> tileA: array<Staged, ${tileVectors * 4 * (tileRows + 4)}>;
var<workgroup> tileB: array<Staged, ${tileVectors * 4 * (tileColumns + 4)}>;
${functions}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let firstRow = group.y * ${tileRows}u;
  let firstColumn = group.x * ${tileColumns}u;
  let loadRow = thread / ${tileVectors}u;
  let loadVector = thread % ${tileVectors}u;
  let threadRow = (thread / 16u) * 8u;
  let threadColumn = (thread % 16u) * 4u;
  var sums: array<vec4<Sum>, 8>;
  for (var begin = 0u; begin < vectors; begin += ${tileVectors}u) {
    let step = begin + loadVector;
    for (var half = 0u; half < ${tileRows}u; half += 64u) {
      let row = firstRow + loadRow + half;
      let value = ${load};
      for (var i = 0u; i < 4u; i++) {
        tileA[(loadVector * 4u + i) * strideA + loadRow + half] = ${stage('value[i]')};
      }
    }
    let value = b[(firstColumn + loadRow) * vectors + step];
    for (var i = 0u; i < 4u; i++) {
      tileB[(loadVector * 4u + i) * strideB + loadRow] = ${stage('value[i]')};
    }
    workgroupBarrier();
    for (var k = 0u; k < ${tileVectors * 4}u; k++) {
      let baseA = k * strideA + threadRow;
      let baseB = k * strideB + threadColumn;
      let right = vec4<Staged>(tileB[baseB], tileB[baseB + 1u], tileB[baseB + 2u], tileB[baseB + 3u]);
${Array.from({ length: 8 }, (_, i) => `      sums[${i}] = ${add(`sums[${i}]`, `tileA[baseA + ${i}u]`, 'right')};`).join('\n')}
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 8u; i++) {
    c[((firstRow + threadRow + i) * columns + firstColumn + threadColumn) / 4u] = sums[i];
  }
}
`);

const floatTypes = (precision: string) => `${storageTypes(precision)}\nalias Staged = f32;\nalias Sum = f32;`;

const floatTiling = {
  load: 'a[row * vectors + step]',
  stage: (value: string) => `f32(${value})`,
  add: (sum: string, row: string, columns: string) => `fma(vec4<f32>(${row}), ${columns}, ${sum})`,
};

/** Four products of four bytes each for every staged word. */
const packedTiling = {
  types: 'requires packed_4x8_integer_dot_product;\nalias Vector = vec4<u32>;\nalias Staged = u32;\nalias Sum = i32;',
  load: 'a[row * vectors + step]',
  functions: `
fn dots(left: u32, right: vec4<u32>) -> vec4<i32> {
  return vec4<i32>(dot4I8Packed(left, right.x), dot4I8Packed(left, right.y), dot4I8Packed(left, right.z), dot4I8Packed(left, right.w));
}`,
  stage: (value: string) => value,
  add: (sum: string, row: string, columns: string) => `${sum} + dots(${row}, ${columns})`,
};

const draft = (
  { batch }: KernelChoice,
  parts: {
    shapes: KernelDraft['shapes'];
    type: 'f32' | 'f16' | 'i8';
    rows: number;
    columns: number;
    module: string;
    inputs: WebgpuBuffer[];
    expected: KernelDraft['expected'];
    name: string;
    operations: number;
  },
): KernelDraft => {
  const { shapes, type, rows, columns, module, inputs, expected, name, operations } = parts;
  const result = output('c', rows * columns);
  const buffers = [...inputs, result];
  const bytes = buffers.reduce((sum, buffer) => sum + buffer.bytes, 0) / batch;
  const sum = type === 'i8' ? 'i32' : 'f32';
  return {
    shapes: { batch, ...shapes },
    types: { a: type, b: type, accumulate: sum, c: sum },
    buffers,
    stages: [
      {
        wgsl: module,
        entryPoint: 'main',
        bindings: buffers.map((buffer) => buffer.name),
        workgroups: [columns / tileColumns, rows / tileRows, 1],
        repeat: 1,
      },
    ],
    expected,
    languageFeatures: type === 'i8' ? ['packed_4x8_integer_dot_product'] : [],
    item: { name, perIteration: batch, operations, bytes },
  };
};

const gemm = (choice: KernelChoice, type: 'f32' | 'f16' | 'i8'): KernelDraft => {
  const { sizes, seed, batch } = choice;
  const { m, n, k } = sizes.gemm;
  const rows = batch * m;
  const tiling = { rows, columns: n, vectors: k / (type === 'i8' ? 16 : 4) };
  return draft(choice, {
    shapes: { m, n, k },
    type,
    rows,
    columns: n,
    module: tileModule(
      type === 'i8' ? { ...packedTiling, ...tiling } : { ...floatTiling, types: floatTypes(type), ...tiling },
    ),
    inputs: [
      seededInput('a', { seed, type, rows, columns: k, rowPeriod, columnPeriod: k }),
      seededInput('b', { seed: seed + 1, type, rows: n, columns: k, rowPeriod: columnPeriod, columnPeriod: k }),
    ],
    expected:
      type === 'i8'
        ? { kind: 'exact', type: 'i32' }
        : { kind: 'near', type: 'f32', reference: 'product', tolerance: productTolerance(k), sampled: null },
    name: 'matrix product',
    operations: 2 * m * n * k,
  });
};

/** Pixels as rows, filters as columns, 9 taps x channels as the common length; outside the image there is zero. */
const convolution = (choice: KernelChoice): KernelDraft => {
  const { sizes, seed, batch, precision } = choice;
  const { height, width, channels, filters } = sizes.convolution;
  const type = precision === 'f16' ? 'f16' : 'f32';
  const rows = batch * height * width;
  const length = 9 * channels;
  return draft(choice, {
    shapes: { height, width, channels, filters },
    type,
    rows,
    columns: filters,
    module: tileModule({
      ...floatTiling,
      types: floatTypes(type),
      rows,
      columns: filters,
      vectors: length / 4,
      load: 'pixel(row, step)',
      functions: `
fn pixel(row: u32, step: u32) -> Vector {
  let tap = step / ${channels / 4}u;
  let x = i32(row % ${width}u) + i32(tap % 3u) - 1;
  let y = i32(row / ${width}u % ${height}u) + i32(tap / 3u) - 1;
  if (x < 0 || y < 0 || x >= ${width} || y >= ${height}) {
    return Vector();
  }
  let image = row / ${width * height}u;
  return a[((image * ${height}u + u32(y)) * ${width}u + u32(x)) * ${channels / 4}u + step % ${channels / 4}u];
}`,
    }),
    inputs: [
      seededInput('a', { seed, type, rows, columns: channels, rowPeriod: rows, columnPeriod: channels }),
      seededInput('b', {
        seed: seed + 1,
        type,
        rows: filters,
        columns: length,
        rowPeriod: columnPeriod,
        columnPeriod: length,
      }),
    ],
    expected: {
      kind: 'near',
      type: 'f32',
      reference: 'convolution',
      tolerance: productTolerance(length),
      sampled: { count: 4096, seed: seed + 2 },
    },
    name: 'image',
    operations: 2 * height * width * filters * length,
  });
};

export const tileKernels: ReferenceKernel[] = [
  {
    id: 'gemm-f32',
    text: 'matrix product in f32: arithmetic units at full precision',
    precisions: ['f32'],
    maximumBatch: 64,
    draft: (choice) => gemm(choice, 'f32'),
  },
  {
    id: 'gemm-f16',
    text: 'matrix product of f16 values summed in f32: half-precision loads and conversions',
    precisions: ['f16'],
    maximumBatch: 64,
    draft: (choice) => gemm(choice, 'f16'),
  },
  {
    id: 'gemm-i8',
    text: 'matrix product of 8-bit integers by packed dot products: the integer path of quantised models',
    precisions: ['int8'],
    maximumBatch: 64,
    draft: (choice) => gemm(choice, 'i8'),
  },
  {
    id: 'conv3x3',
    text: '3 x 3 convolution of an image as an implicit matrix product: arithmetic with gathered loads',
    precisions: ['f32', 'f16'],
    maximumBatch: 64,
    draft: convolution,
  },
];
