import { describe, expect, it } from 'vitest';
import { webgpuWorkloads } from '../../../src/main/throughput/workloads/webgpu.ts';
import { openWork } from '../../../src/runner/webgpu-device.ts';
import { WebgpuDefinition } from '../../../src/shared/model/webgpu.ts';
import { wholeAdapter } from '../../fixtures/webgpu-adapter.ts';

const definition = WebgpuDefinition.parse(
  webgpuWorkloads({ ...wholeAdapter, kind: 'software' }, { durationMs: 1000, seed: 1 }).find(
    ({ id }) => id === 'clock-probe',
  )?.definition,
);

interface Behaviour {
  lost?: Promise<{ message: string; reason: string }>;
  workDone?: () => Promise<void>;
  complaints?: Record<string, string>;
}

/** A device that does nothing but fail as told: no machine loses its device on demand. */
const failingAdapter = ({ lost, workDone, complaints = {} }: Behaviour): GPUAdapter => {
  const scopes: string[] = [];
  const device = {
    lost: lost ?? new Promise(() => undefined),
    features: new Set<string>(),
    queue: { onSubmittedWorkDone: workDone ?? (async () => undefined), writeBuffer: () => undefined },
    createBuffer: () => ({}),
    pushErrorScope: (filter: string) => scopes.push(filter),
    popErrorScope: async () => {
      const message = complaints[scopes.pop() ?? ''];
      return message === undefined ? null : { message };
    },
    destroy: () => undefined,
  };
  return { features: new Set<string>(), requestDevice: async () => device } as unknown as GPUAdapter;
};

const faultOf = async (behaviour: Behaviour) => {
  const work = await openWork(failingAdapter(behaviour), definition);
  return work.load().then(
    () => null,
    ({ code, message }) => ({ code, message }),
  );
};

describe('a device that fails', () => {
  it('is lost while somebody waits for it', async () => {
    const lost = Promise.resolve({ message: 'fell off the bus', reason: 'unknown' });
    expect(await faultOf({ lost, workDone: () => new Promise(() => undefined) })).toEqual({
      code: 'device-lost',
      message: 'the device was lost: fell off the bus',
    });
  });

  it('is lost also when what waited for it failed first', async () => {
    let lose: (loss: { message: string; reason: string }) => void = () => undefined;
    const lost = new Promise<{ message: string; reason: string }>((resolve) => {
      lose = resolve;
    });
    const workDone = async () => {
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => lose({ message: '', reason: 'unknown' }))));
      throw new Error('aborted');
    };
    expect(await faultOf({ lost, workDone })).toEqual({
      code: 'device-lost',
      message: 'the device was lost: unknown',
    });
  });

  it('is out of memory, with the first line of its own words', async () => {
    expect(await faultOf({ complaints: { 'out-of-memory': 'buffer of 8 bytes\nbacktrace' } })).toEqual({
      code: 'out-of-memory',
      message: 'buffer of 8 bytes',
    });
  });

  it.each(['validation', 'internal'])('complains of %s', async (filter) => {
    expect(await faultOf({ complaints: { [filter]: 'not so' } })).toEqual({ code: 'gpu-error', message: 'not so' });
  });

  it('and one that does not fail loads', async () => {
    expect(await faultOf({})).toBeNull();
  });
});
