import { type KernelChoice, type KernelDraft, output, type ReferenceKernel, wgsl } from './webgpu-kernel.ts';

/** Dispatches that each need the one before: a lost or reordered one changes every word of the result. */
const launches = ({ sizes, seed }: KernelChoice): KernelDraft => {
  const { elements, dispatches } = sizes.launches;
  // Shapes are positive; a seed of 0 is as good as any other.
  const own = (seed % 2 ** 31) + 1;
  const start = wgsl(`
@group(0) @binding(0) var<storage, read_write> chain: array<u32>;
fn mix(value: u32) -> u32 {
  var x = (value ^ (value >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  chain[id.x] = mix(mix(${own}u) + id.x);
}
`);
  const step = wgsl(`
@group(0) @binding(0) var<storage, read_write> chain: array<u32>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  chain[id.x] = chain[id.x] * 1664525u + (id.x ^ ${own}u);
}
`);
  const stage = {
    entryPoint: 'main',
    bindings: ['chain'],
    workgroups: [elements / 256, 1, 1] as [number, number, number],
  };
  return {
    shapes: { elements, dispatches, seed: own },
    types: { chain: 'u32' },
    buffers: [output('chain', elements)],
    stages: [
      { ...stage, wgsl: start, repeat: 1 },
      { ...stage, wgsl: step, repeat: dispatches - 1 },
    ],
    expected: { kind: 'exact', type: 'u32' },
    item: { name: 'dispatch', perIteration: dispatches, operations: 2 * elements, bytes: 8 * elements },
  };
};

/** Factors come from memory, so that no compiler can tell the result: x = x * 1 + 1, each step waiting for the last. */
const clock = ({ sizes }: KernelChoice): KernelDraft => {
  const { threads, steps } = sizes.chain;
  const unrolled = 16;
  return {
    shapes: { threads, steps },
    types: { factors: 'f32', x: 'f32' },
    buffers: [
      { name: 'factors', role: 'input', bytes: 8, values: { generator: 'constant', type: 'f32', value: 1, count: 2 } },
      output('x', threads),
    ],
    stages: [
      {
        wgsl: wgsl(`
@group(0) @binding(0) var<storage, read> factors: array<f32, 2>;
@group(0) @binding(1) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let scale = factors[0];
  let offset = factors[1];
  var value = f32(id.x % 256u);
  for (var i = 0u; i < ${steps / unrolled}u; i++) {
${Array.from({ length: unrolled }, () => '    value = fma(value, scale, offset);').join('\n')}
  }
  x[id.x] = value;
}
`),
        entryPoint: 'main',
        bindings: ['factors', 'x'],
        workgroups: [threads / 64, 1, 1],
        repeat: 1,
      },
    ],
    expected: { kind: 'exact', type: 'f32' },
    item: { name: 'step', perIteration: steps, operations: 2 * threads, bytes: 0 },
  };
};

export const chainKernels: ReferenceKernel[] = [
  {
    id: 'launch-chain',
    text: 'many tiny dependent dispatches: what starting work costs in driver and device',
    precisions: ['u32'],
    maximumBatch: 1,
    draft: launches,
  },
  {
    id: 'clock-probe',
    text: 'dependent multiply-adds on few threads: the clock of the cores and nothing else, the negative control',
    precisions: ['f32'],
    maximumBatch: 1,
    draft: clock,
  },
];
