import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PbfWriter } from 'pbf';
import { afterAll, describe, expect, it } from 'vitest';
import { onnxBytes, type WrittenModel } from '../../../src/main/throughput/onnx-model/writer.ts';
import { openOnnxFile } from '../../../src/main/throughput/workloads/onnx-file.ts';
import { type OnnxFileChoice, onnxFileWorkload } from '../../../src/main/throughput/workloads/onnx-file-workload.ts';
import type { OnnxDefinition, OnnxInput } from '../../../src/shared/onnx/definition.ts';
import { generatedIntegers, scaled } from '../../../src/shared/onnx/generated-values.ts';
import { errorOf, newFolder, runOnnx } from './run-runner.ts';

const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const usual: OnnxFileChoice = { durationMs: 50, seed: 5, schedule: { warmupMs: 0 } };

const definitionOf = async (path: string, choice: Partial<OnnxFileChoice> = {}): Promise<OnnxDefinition> =>
  onnxFileWorkload(await openOnnxFile(path), { ...usual, ...choice }).definition as unknown as OnnxDefinition;

const run = async (path: string, choice: Partial<OnnxFileChoice> = {}) =>
  runOnnx({ definition: await definitionOf(path, choice), model: path });

const written = (name: string, model: Partial<WrittenModel>): string => {
  const path = join(folder, name);
  const value = { type: 'float32' as const, shape: ['n', 3] };
  writeFileSync(
    path,
    onnxBytes({
      name: 'g',
      opset: 17,
      inputs: [{ name: 'x', ...value }],
      outputs: [{ name: 'y', ...value }],
      nodes: [],
      initializers: [],
      ...model,
    }),
  );
  return path;
};

/** y = x + w, where w lies in a file beside the model. */
const withExternalData = (path: string): void => {
  const value = (pbf: PbfWriter, name: string) => {
    pbf.writeStringField(1, name);
    pbf.writeMessage(
      2,
      (_: null, type) =>
        type.writeMessage(
          1,
          (_t: null, tensor) => {
            tensor.writeVarintField(1, 1);
            tensor.writeMessage(
              2,
              (_s: null, shape) => shape.writeMessage(1, (_d: null, size) => size.writeVarintField(1, 4), null),
              null,
            );
          },
          null,
        ),
      null,
    );
  };
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, 8);
  pbf.writeMessage(
    7,
    (_: null, graph) => {
      graph.writeMessage(
        1,
        (_n: null, node) => {
          for (const name of ['x', 'w']) node.writeStringField(1, name);
          node.writeStringField(2, 'y');
          node.writeStringField(4, 'Add');
        },
        null,
      );
      graph.writeStringField(2, 'g');
      graph.writeMessage(
        5,
        (_t: null, tensor) => {
          tensor.writePackedVarint(1, [4]);
          tensor.writeVarintField(2, 1);
          tensor.writeStringField(8, 'w');
          tensor.writeMessage(
            13,
            (_e: null, entry) => {
              entry.writeStringField(1, 'location');
              entry.writeStringField(2, 'weights.bin');
            },
            null,
          );
          tensor.writeVarintField(14, 1);
        },
        null,
      );
      graph.writeMessage(11, (_v: null, inner) => value(inner, 'x'), null);
      graph.writeMessage(12, (_v: null, inner) => value(inner, 'y'), null);
    },
    null,
  );
  pbf.writeMessage(8, (_: null, opset) => opset.writeVarintField(2, 17), null);
  writeFileSync(path, pbf.finish());
};

describe('a model of the user’s', () => {
  it('with open dimensions needs a shape and then runs', async () => {
    const path = written('open.onnx', { nodes: [{ type: 'Elu', inputs: ['x'], outputs: ['y'] }] });
    await expect(run(path)).rejects.toThrow('input "x" leaves "n" open, give its shape: --shape x=1x3');
    const spoken = await run(path, { shapes: { x: [5, 3] } });
    expect(errorOf(spoken).code).toBe('ended with done');
    expect(spoken.stream.samples.every(({ items }) => items === 1)).toBe(true);
    const batched = await run(path, { batch: 5 });
    expect(batched.stream.samples.every(({ items }) => items === 5)).toBe(true);
    expect(batched.stream.outputDigest).toBe(spoken.stream.outputDigest);
  });

  it('may keep its weights in a file beside it, which is held constant too', async () => {
    const home = join(folder, 'external');
    mkdirSync(home);
    const path = join(home, 'model.onnx');
    withExternalData(path);
    await expect(openOnnxFile(path).then((file) => onnxFileWorkload(file, usual))).rejects.toThrow(
      'the model keeps weights in a file beside it that is missing, put it next to model.onnx: weights.bin',
    );
    const weights = join(home, 'weights.bin');
    writeFileSync(weights, new Uint8Array(new Float32Array([1000, 2000, 3000, 4000]).buffer));
    const definition = await definitionOf(path);
    const spoken = await runOnnx({ definition, model: path });
    expect(errorOf(spoken).code).toBe('ended with done');
    const output = spoken.lines.find(({ type }) => type === 'output') as { values: number[] };
    expect(output.values.map((value) => Math.round(value / 1000))).toEqual([1, 2, 3, 4]);
    writeFileSync(weights, new Uint8Array(new Float32Array([1000, 2000, 3000, 4001]).buffer));
    expect(errorOf(await runOnnx({ definition, model: path }))).toMatchObject({ code: 'wrong-model' });
    rmSync(weights);
    expect(errorOf(await runOnnx({ definition, model: path }))).toEqual({
      code: 'missing-model',
      message: 'the external data file "weights.bin" cannot be read (ENOENT)',
    });
  });

  it('takes inputs of other types, and keeps their numbers', async () => {
    const types = ['float16', 'int64', 'uint8', 'int32'] as const;
    const path = written('types.onnx', {
      inputs: types.map((type) => ({ name: `in ${type}`, type, shape: [64] })),
      outputs: types.map((type) => ({ name: `out ${type}`, type, shape: [64] })),
      nodes: types.map((type) => ({ type: 'Identity', inputs: [`in ${type}`], outputs: [`out ${type}`] })),
    });
    const spoken = await run(path);
    expect(errorOf(spoken)).toEqual({ code: 'ended with done', message: '' });
    const { values } = spoken.lines.find(({ type }) => type === 'output') as { values: number[] };
    expect(values).toHaveLength(8);
    // The first output is the one of float16: multiples of 2^-10 between -1 and 1, as generated.
    const [half] = (await definitionOf(path)).inputs as [OnnxInput];
    const integers = generatedIntegers(half.seed, 'input/in float16', 8, half.values);
    expect(values).toEqual([...scaled(integers, half.values.exponent)]);
  });

  it('may have outputs that are no tensors, they are left alone', async () => {
    const path = join(folder, 'iris.onnx');
    copyFileSync(join(import.meta.dirname, '../../fixtures/onnx/logreg_iris.onnx'), path);
    const spoken = await run(path);
    expect(errorOf(spoken)).toEqual({ code: 'ended with done', message: '' });
    expect(spoken.stream.outputDigest).not.toBeNull();
  });

  it('that cannot be run ends with a code', async () => {
    const node = (type: string) => [{ type, inputs: ['x'], outputs: ['y'] }];
    const unknown = written('unknown.onnx', { nodes: node('Nonsense') });
    const unknownOperator = errorOf(await run(unknown, { batch: 1 }));
    expect(unknownOperator.code).toBe('unsupported-operator');
    expect(unknownOperator.message).toMatch(/^ONNX Runtime has no implementation of an operator of the model: /);
    const huge = written('huge.onnx', {
      nodes: [{ type: 'Expand', inputs: ['x', 'shape'], outputs: ['y'] }],
      initializers: [{ name: 'shape', type: 'int64', shape: [2], values: [2 ** 42, 3] }],
    });
    const tooLarge = await run(huge, { batch: 1 });
    expect(errorOf(tooLarge)).toMatchObject({ code: 'out-of-memory' });
    expect(tooLarge.left).toEqual([]);
    const elu = written('elu.onnx', { nodes: node('Elu') });
    const definition = await definitionOf(elu, { batch: 1 });
    const inputs = definition.inputs.map((input) => ({ ...input, shape: [1, 4] }));
    expect(errorOf(await runOnnx({ definition: { ...definition, inputs }, model: elu }))).toMatchObject({
      code: 'bad-shape',
    });
    const wrongType = definition.inputs.map((input) => ({ ...input, type: 'int32' as const }));
    expect(errorOf(await runOnnx({ definition: { ...definition, inputs: wrongType }, model: elu }))).toMatchObject({
      code: 'bad-input',
    });
    expect(errorOf(await runOnnx({ definition: { ...definition, batch: -1 }, model: elu }))).toEqual({
      code: 'bad-workload',
      message: 'the onnx runner does not understand this field of the workload: batch',
    });
  });

  it('that answers differently from one iteration to the next is wrong', async () => {
    const path = written('random.onnx', { nodes: [{ type: 'RandomNormalLike', inputs: ['x'], outputs: ['y'] }] });
    const spoken = await run(path, { batch: 2 });
    expect(errorOf(spoken).code).toBe('wrong-output');
    expect(errorOf(spoken).message).toMatch(
      /^output "y" of the last iteration is not that of the first: [1-6] of 6 elements/,
    );
  });
});
