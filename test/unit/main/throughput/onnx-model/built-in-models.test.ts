import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../../src/main/platform/hash.ts';
import { builtIns } from '../../../../../src/main/throughput/onnx-model/built-in-models.ts';
import { readOnnxModel } from '../../../../../src/main/throughput/onnx-model/reader.ts';
import { onnxBytes } from '../../../../../src/main/throughput/onnx-model/writer.ts';
import type { OnnxPrecision } from '../../../../../src/shared/onnx/definition.ts';

const built = (name: string, precision: OnnxPrecision, seed: number) =>
  builtIns.find((builtIn) => builtIn.name === name)!.bytes(precision, seed);

describe('built-in models', () => {
  // Bytes that change make every workload of before another one: then raise the version in transformerSize or cnnSize.
  it.each([
    ['transformer', 'f32', 'b9f0753f0d18d77184d8465b23d2f1290ab93aaccec90ad2c4d2f7c4a23424d4'],
    ['transformer', 'f16', '3c7ab491912d72ee3f3d703c37d05eda1a91d0a13c3831fcca87de0959988a8a'],
    ['transformer', 'int8', '8760575f9e532e91e405a2f0c7463155e59a589e70ef7abeb28120bd3e827574'],
    ['cnn', 'f32', 'fe37cc535f690cbd75498e475cfaf0b63354d0fd16b15e94cfb500ce26931928'],
    ['cnn', 'f16', '6bbb466a1fe5848e2f678ee345668b516b2ec1a9498d8be79213ce4b4190caa1'],
    ['cnn', 'int8', '8dd3a6f574e979dec452fc64e8e69fd34cca9576e76c413f0652d604060983ae'],
  ] as const)('%s in %s has known bytes', (name, precision, expected) => {
    expect(sha256(built(name, precision, 1))).toBe(expected);
  });

  it('of another seed is another model', () => {
    expect(sha256(built('cnn', 'int8', 2))).not.toBe(sha256(built('cnn', 'int8', 1)));
  });

  it.each(builtIns.map((builtIn) => [builtIn.name, builtIn] as const))('%s is read back', (name, builtIn) => {
    const model = readOnnxModel(builtIn.bytes('f16', 1), 'built-in');
    const { shape, name: input } = builtIn.input(8, 1);
    expect(model).toMatchObject({ opset: 17, externalData: [] });
    expect(model.inputs).toEqual([{ name: input, type: 'float32', tensor: true, shape: ['batch', ...shape.slice(1)] }]);
    expect(model.outputs).toHaveLength(1);
    expect(model.nodes, name).toBeGreaterThan(8);
  });
});

describe('the writer', () => {
  it('lays out a model of one node byte by byte', () => {
    const bytes = onnxBytes({
      name: 'g',
      opset: 17,
      inputs: [{ name: 'x', type: 'float32', shape: ['n', 2] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['n', 2] }],
      nodes: [{ type: 'Elu', inputs: ['x'], outputs: ['y'], attributes: { alpha: { float: 0.5 } } }],
      initializers: [{ name: 'w', type: 'float16', shape: [1], values: [1] }],
    });
    // Put together by hand from onnx.proto: tag, length, content.
    const type = '120f 0a0d 0801 1209 0a03 12016e 0a02 0802';
    const expected = [
      '0808', // ir_version 8
      '120a',
      Buffer.from('driftbench').toString('hex'),
      '3a62', // graph
      '0a23',
      '0a0178',
      '120179',
      '1a05 456c755f30',
      '2203 456c75', // node x -> y, Elu_0, Elu
      '2a0f',
      '0a05 616c706861',
      '15 0000003f',
      'a00101', // alpha, 0.5, a float
      '120167', // g
      '2a0c',
      '0a0101',
      '100a',
      '420177',
      '4a02 003c', // w, one float16, 1
      '5a14',
      '0a0178',
      type,
      '6214',
      '0a0179',
      type,
      '4202 1011', // opset 17
    ];
    expect(Buffer.from(bytes).toString('hex')).toBe(expected.join('').replaceAll(' ', ''));
  });
});
