import { type KernelDraft, output, type ReferenceKernel, seededInput, streamPeriod, wgsl } from './webgpu-kernel.ts';

/** Every thread takes eight vectors, a whole grid apart, so that neighbours read neighbours. */
const vectorsPerThread = 8;

const streamModule = (declarations: string, elements: number, result: string, expression: string): string =>
  wgsl(`
${declarations}
const vectors = ${elements / 4}u;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let threads = groups.x * 256u;
  for (var i = id.x; i < vectors; i += threads) {
    ${result}[i] = ${expression};
  }
}
`);

const groupsOf = (elements: number): [number, number, number] => [
  Math.ceil(elements / 4 / vectorsPerThread / 256),
  1,
  1,
];

const row = (seed: number, type: 'f32' | 'u32', elements: number) => ({
  seed,
  type,
  rows: 1,
  columns: elements,
  rowPeriod: 1,
  columnPeriod: streamPeriod,
});

const triad = (elements: number, seed: number): KernelDraft => ({
  shapes: { elements },
  types: { b: 'f32', c: 'f32', a: 'f32' },
  buffers: [
    seededInput('b', row(seed, 'f32', elements)),
    seededInput('c', row(seed + 1, 'f32', elements)),
    output('a', elements),
  ],
  stages: [
    {
      wgsl: streamModule(
        `@group(0) @binding(0) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> c: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> a: array<vec4<f32>>;`,
        elements,
        'a',
        'b[i] + 3.0 * c[i]',
      ),
      entryPoint: 'main',
      bindings: ['b', 'c', 'a'],
      workgroups: groupsOf(elements),
      repeat: 1,
    },
  ],
  // Fused or not, the last bit of a sum below 4 may differ.
  expected: { kind: 'near', type: 'f32', reference: 'triad', tolerance: 2 ** -21, sampled: null },
  item: { name: 'pass', perIteration: 1, operations: 2 * elements, bytes: 12 * elements },
});

const copy = (elements: number, seed: number): KernelDraft => ({
  shapes: { elements },
  types: { source: 'u32', target: 'u32' },
  buffers: [seededInput('source', row(seed, 'u32', elements)), output('target', elements)],
  stages: [
    {
      wgsl: streamModule(
        `@group(0) @binding(0) var<storage, read> source: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> target_: array<vec4<u32>>;`,
        elements,
        'target_',
        'source[i]',
      ),
      entryPoint: 'main',
      bindings: ['source', 'target'],
      workgroups: groupsOf(elements),
      repeat: 1,
    },
  ],
  expected: { kind: 'exact', type: 'u32' },
  item: { name: 'pass', perIteration: 1, operations: 0, bytes: 8 * elements },
});

const transferred = (direction: 'host-to-device' | 'device-to-host', words: number, seed: number): KernelDraft => ({
  shapes: { words },
  types: { source: 'u32', target: 'u32' },
  buffers: [seededInput('source', row(seed, 'u32', words)), output('target', words)],
  stages: [],
  transfer: direction,
  expected: { kind: 'exact', type: 'u32' },
  item: { name: 'transfer', perIteration: 1, operations: 0, bytes: 4 * words },
});

export const streamKernels: ReferenceKernel[] = [
  {
    id: 'triad',
    text: 'a = b + 3 c over arrays larger than any cache: memory bandwidth, two reads and a write',
    precisions: ['f32'],
    maximumBatch: 1,
    draft: ({ sizes, seed }) => triad(sizes.stream.elements, seed),
  },
  {
    id: 'copy',
    text: 'copy of an array larger than any cache: memory bandwidth, one read and a write',
    precisions: ['u32'],
    maximumBatch: 1,
    draft: ({ sizes, seed }) => copy(sizes.stream.elements, seed),
  },
  {
    id: 'h2d',
    text: 'from memory of the program to memory of the device: the link between them',
    precisions: ['u32'],
    maximumBatch: 1,
    draft: ({ sizes, seed }) => transferred('host-to-device', sizes.transfer.words, seed),
  },
  {
    id: 'd2h',
    text: 'from memory of the device to memory of the program: the link between them, backwards',
    precisions: ['u32'],
    maximumBatch: 1,
    draft: ({ sizes, seed }) => transferred('device-to-host', sizes.transfer.words, seed),
  },
];
