import { describe, expect, it } from 'vitest';
import { chosenAdapter, hardwareFirst, kindOf, namedAdapters } from '../../../../src/runner/webgpu/adapter-list.ts';
import { wholeAdapter } from '../../../fixtures/webgpu-adapter.ts';

it('reads the names out of what Dawn 0.6.2 says of an adapter that does not exist', () => {
  const complaint = `no suitable backends found
Available adapters:
 * backend: 'vulkan', name: 'SwiftShader Device (Subzero)'
 * backend: 'vulkan', name: 'llvmpipe (LLVM 15.0.6, 256 bits)'
 * backend: 'metal', name: 'Someone's GPU'
`;
  expect(namedAdapters(complaint)).toEqual([
    { backend: 'vulkan', name: 'SwiftShader Device (Subzero)' },
    { backend: 'vulkan', name: 'llvmpipe (LLVM 15.0.6, 256 bits)' },
    { backend: 'metal', name: "Someone's GPU" },
  ]);
  expect(namedAdapters('something else went wrong')).toEqual([]);
});

it.each([
  ['SwiftShader driver 5.0.0', false, 'software'],
  ['llvmpipe (LLVM 15.0.6, 256 bits)', false, 'software'],
  ['Microsoft Basic Render Driver', false, 'software'],
  ['NVIDIA H200 570.86.15', false, 'gpu'],
  ['Warpdrive 9000', false, 'gpu'],
  ['Unheard of', true, 'software'],
] as const)('%s, fallback %s, is %s', (words, fallback, kind) => {
  expect(kindOf(words, fallback)).toBe(kind);
});

describe('of several adapters', () => {
  const adapters = ['llvmpipe', 'Example A', 'Example AB'].map((name) => ({
    ...wholeAdapter,
    name,
    kind: name === 'llvmpipe' ? ('software' as const) : ('gpu' as const),
  }));

  it('hardware comes first, otherwise their order stays', () => {
    expect(hardwareFirst(adapters).map(({ name }) => name)).toEqual(['Example A', 'Example AB', 'llvmpipe']);
  });

  it('a part of a name chooses, a whole name before a part', () => {
    expect(chosenAdapter(adapters, undefined)?.name).toBe('llvmpipe');
    expect(chosenAdapter(adapters, 'EXAMPLE')?.name).toBe('Example A');
    expect(chosenAdapter(adapters.toReversed(), 'Example A')?.name).toBe('Example A');
    expect(chosenAdapter(adapters, 'radeon')).toBeUndefined();
  });
});
