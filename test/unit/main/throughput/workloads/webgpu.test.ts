import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../../src/main/platform/hash.ts';
import { webgpuWorkloads } from '../../../../../src/main/throughput/workloads/webgpu.ts';
import { canonicalJson } from '../../../../../src/shared/canonical-json.ts';
import { type WebgpuAdapter, WebgpuDefinition } from '../../../../../src/shared/model/webgpu.ts';
import { Workload } from '../../../../../src/shared/model/workload.ts';
import { wholeAdapter } from '../../../../fixtures/webgpu-adapter.ts';

const choice = { durationMs: 30_000, seed: 1 };
const software: WebgpuAdapter = { ...wholeAdapter, kind: 'software' };
const small: WebgpuAdapter = {
  ...wholeAdapter,
  limits: { maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 27 },
};
const definitions = (adapter: WebgpuAdapter, part: Partial<Parameters<typeof webgpuWorkloads>[1]> = {}) =>
  webgpuWorkloads(adapter, { ...choice, ...part }).map(({ definition }) => WebgpuDefinition.parse(definition));
const unavailable = (adapter: Parameters<typeof webgpuWorkloads>[0], part = {}) =>
  Object.fromEntries(
    webgpuWorkloads(adapter, { ...choice, ...part }).map((workload) => [workload.id, workload.unavailable]),
  );

describe('the reference workloads', () => {
  it('are the twelve, each whole and of a definition the runner accepts', () => {
    const workloads = webgpuWorkloads(wholeAdapter, choice);
    expect(workloads.map(({ id }) => id).sort()).toEqual(
      'attn-decode clock-probe conv3x3 copy d2h gemm-f16 gemm-f32 gemm-i8 gemv-decode h2d launch-chain triad'.split(
        ' ',
      ),
    );
    for (const workload of workloads) {
      expect(Workload.parse(workload)).toEqual(workload);
      expect(workload.unavailable).toBeUndefined();
      const definition = WebgpuDefinition.parse(workload.definition);
      expect(definition).toEqual(workload.definition);
      expect(definition.kernel).toBe(workload.id);
      expect(workload.precisions).toContain(definition.precision);
      expect(workload.hash).toBe(sha256(canonicalJson(workload.definition)));
    }
  });

  it('hash as another language hashes the same document', () => {
    const tiny = {
      stages: [{ workgroups: [1, 1, 1], wgsl: 'fn main() {}\n' }],
      runner: { version: '1', name: 'webgpu' },
      kernel: 'tiny',
      none: null,
      expected: { tolerance: 0.5 },
    };
    // Python: json.dumps(sort_keys=True, separators=(',', ':')), hashlib.sha256.
    expect(sha256(canonicalJson(tiny))).toBe('dec5ad49e8a465aa94fbf116a517054d6c390bc184fd0e26ac21c40a8a6fdb62');
  });

  it('keep their hashes: a change here makes every older run incomparable and needs a new version of the runner', () => {
    const hashes = webgpuWorkloads(software, choice).map(({ id, hash }) => `${id} ${hash.slice(0, 16)}`);
    expect(hashes).toMatchInlineSnapshot(`
      [
        "gemm-f32 7c93dfbe0898cba5",
        "gemm-f16 5c43acf734ef7d9c",
        "gemm-i8 d6a8c38345597e65",
        "conv3x3 de6f27829f497aa0",
        "triad 3d5a1e8e49dd6ce1",
        "copy 5a340a5c2abab60b",
        "h2d c244252b7ecd0abe",
        "d2h a4db37fe9bda900f",
        "gemv-decode 6ea1f66a92947737",
        "attn-decode dc0d0f3485627d66",
        "launch-chain c25f455c48c0672e",
        "clock-probe a9db95b38a215ae9",
      ]
    `);
  });

  it('say nothing of the machine: another adapter of the same tier has the same hashes', () => {
    const other: WebgpuAdapter = {
      ...wholeAdapter,
      name: 'Other',
      driver: 'other 9',
      backend: 'metal',
      limits: { maxBufferSize: 2 ** 36, maxStorageBufferBindingSize: 2 ** 36 },
    };
    const hashes = (adapter: WebgpuAdapter) => webgpuWorkloads(adapter, choice).map(({ hash }) => hash);
    expect(hashes(other)).toEqual(hashes(wholeAdapter));
  });

  it('differ by seed, duration and tier', () => {
    const hash = (adapter: WebgpuAdapter, part = {}) => webgpuWorkloads(adapter, { ...choice, ...part })[0]?.hash;
    const all = [
      hash(wholeAdapter),
      hash(wholeAdapter, { seed: 2 }),
      hash(wholeAdapter, { durationMs: 1000 }),
      hash(small),
      hash(software),
    ];
    expect(new Set(all).size).toBe(5);
  });

  it.each([
    ['software', software],
    ['small', small],
    ['large', wholeAdapter],
    ['software', { ...wholeAdapter, kind: 'cpu' as const }],
    ['small', { ...wholeAdapter, limits: { maxBufferSize: 2 ** 40 } }],
  ])('are sized %s', (tier, adapter) => {
    expect(new Set(definitions(adapter).map((definition) => definition.tier))).toEqual(new Set([tier]));
  });

  it('fit into what every adapter must have, but for the large ones', () => {
    for (const { buffers, stages } of definitions(small)) {
      expect(Math.max(...buffers.map(({ bytes }) => bytes))).toBeLessThanOrEqual(2 ** 27);
      for (const { workgroups } of stages) expect(Math.max(...workgroups)).toBeLessThanOrEqual(65_535);
    }
  });

  it.each([
    ['software', software],
    ['small', small],
    ['large', wholeAdapter],
  ])('are made of whole tiles and bound buffers when %s', (_, adapter) => {
    for (const { buffers, stages, transfer } of definitions(adapter)) {
      const names = buffers.map(({ name }) => name);
      expect(buffers.filter(({ role }) => role === 'output')).toHaveLength(1);
      expect(stages.length === 0).toBe(transfer !== null);
      for (const stage of stages) {
        expect(names).toEqual(expect.arrayContaining(stage.bindings));
        expect(stage.wgsl.match(/@binding\(\d+\)/g)).toHaveLength(stage.bindings.length);
      }
      for (const { bytes } of buffers) expect(bytes % 4).toBe(0);
    }
  });

  it('count items, operations and bytes from their shapes', () => {
    const [gemm] = definitions(wholeAdapter);
    expect(gemm?.item).toEqual({
      name: 'matrix product',
      perIteration: 1,
      operations: 2 * 4096 ** 3,
      bytes: 3 * 4096 ** 2 * 4,
    });
    const [batched] = definitions(wholeAdapter, { batch: 4 });
    expect(batched?.item).toMatchObject({ perIteration: 4, operations: 2 * 4096 ** 3 });
    expect(batched?.buffers.find(({ name }) => name === 'c')?.bytes).toBe(4 * 4096 ** 2 * 4);
  });
});

describe('a workload that cannot be run says why', () => {
  it('when there is no adapter, and has a definition all the same', () => {
    const workloads = webgpuWorkloads({ unavailable: 'no driver here' }, choice);
    expect(new Set(workloads.map((workload) => workload.unavailable))).toEqual(new Set(['no driver here']));
    expect(workloads.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  it('when a feature is missing', () => {
    const {
      'gemm-f16': f16,
      'gemm-i8': i8,
      'gemm-f32': f32,
    } = unavailable({
      ...wholeAdapter,
      features: [],
      languageFeatures: [],
    });
    expect(f16).toBe('the adapter Example GPU 3000 has no shader-f16');
    expect(i8).toBe('the adapter Example GPU 3000 has no packed_4x8_integer_dot_product');
    expect(f32).toBeUndefined();
  });

  it('when half precision is chosen and missing', () => {
    const reasons = unavailable({ ...wholeAdapter, features: [] }, { precision: 'f16' });
    expect(reasons['gemv-decode']).toBe('the adapter Example GPU 3000 has no shader-f16');
    expect(reasons.triad).toBe('triad runs in f32, not in f16');
  });

  it('when the precision or the batch is not its own', () => {
    expect(unavailable(wholeAdapter, { precision: 'f16' })['gemm-f32']).toBe('gemm-f32 runs in f32, not in f16');
    expect(unavailable(wholeAdapter, { precision: 'int8' }).conv3x3).toBe('conv3x3 runs in f32 or f16, not in int8');
    const batched = unavailable(wholeAdapter, { batch: 9 });
    expect(batched.triad).toBe('triad has no batch to enlarge: 9');
    expect(batched['gemv-decode']).toBe('gemv-decode takes a batch up to 8: 9');
    expect(batched['gemm-f32']).toBeUndefined();
  });

  it('when a buffer is larger than the adapter allows', () => {
    expect(unavailable(small, { batch: 64 })['gemm-f32']).toBe(
      'needs maxStorageBufferBindingSize of 268435456 bytes and the adapter Example GPU 3000 allows 134217728',
    );
  });
});
