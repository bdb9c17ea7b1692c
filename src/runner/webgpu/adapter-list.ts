import type { WebgpuAdapter } from '../../shared/model/webgpu.ts';

/** Dawn names its adapters only in the complaint about one that does not exist: ` * backend: 'vulkan', name: 'X'`. */
export const namedAdapters = (complaint: string): { backend: string; name: string }[] =>
  [...complaint.matchAll(/^ \* backend: '([^']*)', name: '(.*)'$/gm)].map(([, backend = '', name = '']) => ({
    backend,
    name,
  }));

const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/i;

/** A processor that plays a GPU: by its own word (`isFallbackAdapter`), or by name where a driver does not say so. */
export const kindOf = (words: string, fallback: boolean): WebgpuAdapter['kind'] =>
  fallback || softwareNames.test(words) ? 'software' : 'gpu';

/** The adapter that a part of a name means, whatever its case; without one the first. */
export const chosenAdapter = (adapters: WebgpuAdapter[], part: string | undefined): WebgpuAdapter | undefined =>
  part === undefined
    ? adapters[0]
    : (adapters.find(({ name }) => name === part) ??
      adapters.find(({ name }) => name.toLowerCase().includes(part.toLowerCase())));

/** Hardware before software, otherwise in the order of the implementation. */
export const hardwareFirst = (adapters: WebgpuAdapter[]): WebgpuAdapter[] =>
  adapters.toSorted((a, b) => Number(a.kind === 'software') - Number(b.kind === 'software'));
