import {
  bytesOf,
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

const rowsPerGroup = 8;

const each = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** y = W x for `batch` vectors against one pass over W: 32 threads a row, sums meet in workgroup memory. */
const gemv = ({ sizes, seed, batch, precision }: KernelChoice): KernelDraft => {
  const { rows, columns } = sizes.gemv;
  const type = precision === 'f16' ? 'f16' : 'f32';
  const module = wgsl(`
${storageTypes(type)}
@group(0) @binding(0) var<storage, read> w: array<Vector>;
@group(0) @binding(1) var<storage, read> x: array<Vector>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
const vectors = ${columns / 4}u;
var<workgroup> partial: array<f32, ${256 * batch}>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let row = group.x * ${rowsPerGroup}u + thread / 32u;
  let lane = thread % 32u;
${each(batch, (i) => `  var sum${i} = 0.0;`)}
  for (var step = lane; step < vectors; step += 32u) {
    let weights = vec4<f32>(w[row * vectors + step]);
${each(batch, (i) => `    sum${i} += dot(weights, vec4<f32>(x[${i}u * vectors + step]));`)}
  }
${each(batch, (i) => `  partial[${i * 256}u + thread] = sum${i};`)}
  for (var width = 16u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) {
${each(batch, (i) => `      partial[${i * 256}u + thread] += partial[${i * 256}u + thread + width];`)}
    }
  }
  if (lane == 0u) {
${each(batch, (i) => `    y[${i * rows}u + row] = partial[${i * 256}u + thread];`)}
  }
}
`);
  return {
    shapes: { batch, rows, columns },
    types: { w: type, x: type, accumulate: 'f32', y: 'f32' },
    buffers: [
      seededInput('w', { seed, type, rows, columns, rowPeriod, columnPeriod: columns }),
      seededInput('x', { seed: seed + 1, type, rows: batch, columns, rowPeriod: batch, columnPeriod: columns }),
      output('y', batch * rows),
    ],
    stages: [
      {
        wgsl: module,
        entryPoint: 'main',
        bindings: ['w', 'x', 'y'],
        workgroups: [rows / rowsPerGroup, 1, 1],
        repeat: 1,
      },
    ],
    expected: {
      kind: 'near',
      type: 'f32',
      reference: 'matrix-vector',
      tolerance: productTolerance(columns),
      sampled: null,
    },
    item: {
      name: 'token',
      perIteration: batch,
      operations: 2 * rows * columns,
      bytes: (rows * columns * bytesOf[type]) / batch + columns * bytesOf[type] + rows * 4,
    },
  };
};

/** Keys of one workgroup; several workgroups share a head, and a second stage joins what they found. */
const [keysPerGroup, keysPerStep] = [256, 128];

/** Four times the usual scale: uniform inputs at 1/sqrt(width) would leave the softmax almost flat. */
const attentionScale = (width: number): string => (4 / Math.sqrt(width)).toFixed(8);

const partialModule = (type: 'f32' | 'f16', width: number, context: number): string =>
  wgsl(`
${storageTypes(type)}
@group(0) @binding(0) var<storage, read> q: array<Vector>;
@group(0) @binding(1) var<storage, read> keys: array<Vector>;
@group(0) @binding(2) var<storage, read> values: array<Scalar>;
@group(0) @binding(3) var<storage, read_write> partial: array<f32>;
const width = ${width}u;
const splits = ${context / keysPerGroup}u;
var<workgroup> query: array<vec4<f32>, ${width / 4}>;
var<workgroup> eighths: array<f32, ${keysPerStep * 8}>;
var<workgroup> scores: array<f32, ${keysPerStep}>;
var<workgroup> weights: array<f32, ${keysPerStep}>;
@compute @workgroup_size(${width})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let head = group.y;
  let firstKey = head * ${context}u + group.x * ${keysPerGroup}u;
  if (thread < ${width / 4}u) {
    query[thread] = vec4<f32>(q[head * ${width / 4}u + thread]) * ${attentionScale(width)};
  }
  workgroupBarrier();
  let lane = thread % 8u;
  var highest = -3.0e38;
  var total = 0.0;
  var sum = 0.0;
  for (var begin = 0u; begin < ${keysPerGroup}u; begin += ${keysPerStep}u) {
    for (var key = thread / 8u; key < ${keysPerStep}u; key += ${width / 8}u) {
      var part = 0.0;
      for (var step = lane; step < ${width / 4}u; step += 8u) {
        part += dot(query[step], vec4<f32>(keys[(firstKey + begin + key) * ${width / 4}u + step]));
      }
      eighths[key * 8u + lane] = part;
    }
    workgroupBarrier();
    var score = 0.0;
    for (var i = 0u; i < 8u; i++) {
      score += eighths[thread * 8u + i];
    }
    scores[thread] = score;
    workgroupBarrier();
    var peak = highest;
    for (var key = 0u; key < ${keysPerStep}u; key++) {
      peak = max(peak, scores[key]);
    }
    weights[thread] = exp(score - peak);
    workgroupBarrier();
    let correction = exp(highest - peak);
    highest = peak;
    total *= correction;
    sum *= correction;
    for (var key = 0u; key < ${keysPerStep}u; key++) {
      let weight = weights[key];
      total += weight;
      sum = fma(weight, f32(values[(firstKey + begin + key) * width + thread]), sum);
    }
    workgroupBarrier();
  }
  let base = (head * splits + group.x) * ${width + 2}u;
  partial[base + thread] = sum;
  if (thread == 0u) {
    partial[base + width] = highest;
    partial[base + width + 1u] = total;
  }
}
`);

const joinModule = (width: number, context: number): string =>
  wgsl(`
@group(0) @binding(0) var<storage, read> partial: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
const splits = ${context / keysPerGroup}u;
@compute @workgroup_size(${width})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let base = group.x * splits * ${width + 2}u;
  var highest = -3.0e38;
  for (var split = 0u; split < splits; split++) {
    highest = max(highest, partial[base + split * ${width + 2}u + ${width}u]);
  }
  var total = 0.0;
  var sum = 0.0;
  for (var split = 0u; split < splits; split++) {
    let at = base + split * ${width + 2}u;
    let share = exp(partial[at + ${width}u] - highest);
    total = fma(share, partial[at + ${width + 1}u], total);
    sum = fma(share, partial[at + thread], sum);
  }
  y[group.x * ${width}u + thread] = sum / total;
}
`);

/** One query against a cached context, online softmax, the context split over workgroups; one thread a head dimension. */
const attention = ({ sizes, seed, batch, precision }: KernelChoice): KernelDraft => {
  const { heads, width, context } = sizes.attention;
  const type = precision === 'f16' ? 'f16' : 'f32';
  const rows = batch * heads;
  const splits = context / keysPerGroup;
  const cached = (name: string, own: number) =>
    seededInput(name, {
      seed: own,
      type,
      rows: rows * context,
      columns: width,
      rowPeriod: heads * context,
      columnPeriod: width,
    });
  return {
    shapes: { batch, heads, width, context },
    types: { q: type, keys: type, values: type, accumulate: 'f32', y: 'f32' },
    buffers: [
      seededInput('q', { seed, type, rows, columns: width, rowPeriod: rows, columnPeriod: width }),
      cached('keys', seed + 1),
      cached('values', seed + 2),
      { name: 'partial', role: 'scratch', bytes: rows * splits * (width + 2) * 4 },
      output('y', rows * width),
    ],
    stages: [
      {
        wgsl: partialModule(type, width, context),
        entryPoint: 'main',
        bindings: ['q', 'keys', 'values', 'partial'],
        workgroups: [splits, rows, 1],
        repeat: 1,
      },
      {
        wgsl: joinModule(width, context),
        entryPoint: 'main',
        bindings: ['partial', 'y'],
        workgroups: [rows, 1, 1],
        repeat: 1,
      },
    ],
    expected: { kind: 'near', type: 'f32', reference: 'attention', tolerance: 1e-5, sampled: null },
    item: {
      name: 'token',
      perIteration: batch,
      operations: 4 * heads * context * width,
      bytes: 2 * heads * context * width * bytesOf[type],
    },
  };
};

export const decodeKernels: ReferenceKernel[] = [
  {
    id: 'gemv-decode',
    text: 'matrix times vector, as a language model does for every token: reading weights from memory',
    precisions: ['f32', 'f16'],
    maximumBatch: 8,
    draft: gemv,
  },
  {
    id: 'attn-decode',
    text: 'attention of one token over a cached context with online softmax: cache reads and exponentials',
    precisions: ['f32', 'f16'],
    maximumBatch: 8,
    draft: attention,
  },
];
