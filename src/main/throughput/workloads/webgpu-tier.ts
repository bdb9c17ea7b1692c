import type { WebgpuAdapter, WebgpuDefinition } from '../../../shared/model/webgpu.ts';

export type Tier = WebgpuDefinition['tier'];

const gibibyte = 2 ** 30;

/**
 * Coarse, so that a new driver seldom moves a machine to another tier: `software` for a processor that plays a GPU,
 * `large` where one buffer of 1 GiB can be bound, else `small`, which the limits every WebGPU adapter must have allow.
 */
export const tierOf = ({ kind, limits }: WebgpuAdapter): Tier => {
  if (kind !== 'gpu') return 'software';
  const { maxBufferSize = 0, maxStorageBufferBindingSize = 0 } = limits;
  return Math.min(maxBufferSize, maxStorageBufferBindingSize) >= gibibyte ? 'large' : 'small';
};

/** Sizes of every kernel in a tier. */
export interface TierSizes {
  gemm: { m: number; n: number; k: number };
  stream: { elements: number };
  gemv: { rows: number; columns: number };
  attention: { heads: number; width: number; context: number };
  convolution: { height: number; width: number; channels: number; filters: number };
  launches: { elements: number; dispatches: number };
  chain: { threads: number; steps: number };
  transfer: { words: number };
}

const attention = { heads: 32, width: 128, context: 2048 };

export const tierSizes: Record<Tier, TierSizes> = {
  software: {
    gemm: { m: 256, n: 256, k: 256 },
    stream: { elements: 2 ** 18 },
    gemv: { rows: 1024, columns: 1024 },
    attention: { ...attention, context: 512 },
    convolution: { height: 16, width: 16, channels: 64, filters: 64 },
    launches: { elements: 1024, dispatches: 16 },
    chain: { threads: 256, steps: 2 ** 12 },
    transfer: { words: 2 ** 18 },
  },
  small: {
    gemm: { m: 1024, n: 1024, k: 1024 },
    stream: { elements: 2 ** 23 },
    gemv: { rows: 4096, columns: 4096 },
    attention,
    convolution: { height: 64, width: 64, channels: 64, filters: 64 },
    launches: { elements: 4096, dispatches: 256 },
    chain: { threads: 1024, steps: 2 ** 18 },
    transfer: { words: 2 ** 22 },
  },
  large: {
    gemm: { m: 4096, n: 4096, k: 4096 },
    stream: { elements: 2 ** 26 },
    gemv: { rows: 11008, columns: 4096 },
    attention,
    convolution: { height: 128, width: 128, channels: 128, filters: 128 },
    launches: { elements: 4096, dispatches: 256 },
    chain: { threads: 1024, steps: 2 ** 20 },
    transfer: { words: 2 ** 24 },
  },
};
