import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../../src/main/platform/hash.ts';
import { readOnnxModel } from '../../../../../src/main/throughput/onnx-model/reader.ts';
import { checkedLocation, onnxFileWorkload } from '../../../../../src/main/throughput/workloads/onnx-file-workload.ts';
import { onnxModelBytes, onnxWorkloads } from '../../../../../src/main/throughput/workloads/onnx-workloads.ts';
import { canonicalJson } from '../../../../../src/shared/canonical-json.ts';
import { Workload } from '../../../../../src/shared/model/workload.ts';

const choice = { durationMs: 30_000, seed: 1 };

describe('built-in ONNX workloads', () => {
  it('have stable ids and hashes', () => {
    const workloads = onnxWorkloads(choice);
    expect(workloads.map(({ id, hash }) => [id, hash])).toMatchInlineSnapshot(`
      [
        [
          "onnx-transformer",
          "1ba8ffcd7b83131ccb8b3255bf43e54c28b549f39c3565a8d1b4b74d740fe1bf",
        ],
        [
          "onnx-cnn",
          "a31e0be02f31aca7e7ff5ded398dfceed0fd134309de69cd040eba51c3d8c5dc",
        ],
      ]
    `);
    for (const workload of workloads) {
      expect(Workload.parse(workload)).toEqual(workload);
      expect(workload.hash).toBe(sha256(canonicalJson(workload.definition)));
    }
  });

  it('are other workloads when anything that is held constant changes', () => {
    const changes = [
      {},
      { precision: 'f16' },
      { batch: 1 },
      { seed: 2 },
      { durationMs: 10_000 },
      { provider: 'webgpu' },
    ];
    const hashes = changes.map((change) => onnxWorkloads({ ...choice, ...change })[0]!.hash);
    expect(new Set(hashes).size).toBe(changes.length);
  });

  it('name the model whose bytes they are', () => {
    for (const { definition } of onnxWorkloads({ ...choice, precision: 'int8' })) {
      const { sha256: hash, bytes } = onnxModelBytes(definition);
      expect(sha256(bytes)).toBe(hash);
      expect((definition.model as { sha256: string }).sha256).toBe(hash);
    }
  });

  it('refuse what they are not', () => {
    expect(() => onnxWorkloads({ ...choice, precision: 'f64' })).toThrow(
      'the built-in ONNX workloads have f32, f16, int8 and no precision of this name: f64',
    );
    const [{ definition }] = onnxWorkloads(choice) as [Workload];
    const model = { ...(definition.model as object), sha256: '0'.repeat(64) };
    expect(() => onnxModelBytes({ ...definition, model } as never)).toThrow(
      "this version makes another model of the workload's seed, so it cannot be run again as it was: transformer version 1",
    );
    expect(() => onnxModelBytes({ ...definition, model: { sha256: '', externalData: [] } })).toThrow(
      'not one of the built-in',
    );
  });
});

describe('the workload of a file', () => {
  const bytes = readFileSync(join(import.meta.dirname, '../../../../fixtures/onnx/sigmoid.onnx'));
  const model = readOnnxModel(bytes, 'sigmoid.onnx');
  const file = { name: 'sigmoid.onnx', model, sha256: sha256(bytes), externalData: {} };

  it('holds bytes, inputs and session constant, and not the name', () => {
    const workload = onnxFileWorkload(file, choice);
    expect(workload.definition).toMatchObject({
      model: { sha256: sha256(bytes), externalData: [] },
      inputs: [{ name: 'x', type: 'float32', shape: [3, 4, 5], seed: 1 }],
      provider: 'cpu',
      batch: 1,
      item: 'inference',
      output: { reference: 'first-iteration' },
    });
    expect(onnxFileWorkload({ ...file, name: 'other.onnx' }, choice).hash).toBe(workload.hash);
    const threads = onnxFileWorkload(file, { ...choice, session: { intraOpNumThreads: 1 } });
    expect(threads.hash).not.toBe(workload.hash);
    expect(threads.definition.session).toMatchObject({ intraOpNumThreads: 1, graphOptimizationLevel: 'all' });
  });

  it('needs the files beside it, and only those in its own folder', () => {
    const apart = { ...file, model: { ...model, externalData: ['weights.bin'] } };
    expect(() => onnxFileWorkload({ ...apart, externalData: { 'weights.bin': null } }, choice)).toThrow(
      'the model keeps weights in a file beside it that is missing, put it next to sigmoid.onnx: weights.bin',
    );
    const hash = 'a'.repeat(64);
    expect(onnxFileWorkload({ ...apart, externalData: { 'weights.bin': hash } }, choice).definition.model).toEqual({
      sha256: file.sha256,
      externalData: [{ location: 'weights.bin', sha256: hash }],
    });
    for (const location of ['../secret', '/etc/passwd', 'C:\\x', '', 'a/../../b', '\\\\host\\share'])
      expect(() => checkedLocation(location, 'm.onnx')).toThrow('external data must lie in the folder of the model');
    expect(checkedLocation('weights/a..b.bin', 'm.onnx')).toBe('weights/a..b.bin');
  });
});
