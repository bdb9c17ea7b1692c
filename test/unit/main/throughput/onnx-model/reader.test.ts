import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { PbfWriter } from 'pbf';
import { describe, expect, it } from 'vitest';
import { builtIns } from '../../../../../src/main/throughput/onnx-model/built-in-models.ts';
import { readOnnxModel } from '../../../../../src/main/throughput/onnx-model/reader.ts';
import { UserFault } from '../../../../../src/shared/errors.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../../../fixtures/onnx', name));
const small = builtIns[1]!.bytes('int8', 1);

const message = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(UserFault);
    return (error as Error).message;
  }
  return '';
};

/** A model whose graph is `write`'s. */
const modelOf = (write: (pbf: PbfWriter) => void): Uint8Array => {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, 8);
  pbf.writeMessage(7, (_: null, graph) => write(graph), null);
  pbf.writeMessage(8, (_: null, opset) => opset.writeVarintField(2, 17), null);
  return pbf.finish();
};

const external = (location: string) => (_: null, tensor: PbfWriter) => {
  tensor.writeStringField(8, 'w');
  tensor.writeMessage(
    13,
    (_entry: null, entry) => {
      entry.writeStringField(1, 'location');
      entry.writeStringField(2, location);
    },
    null,
  );
  tensor.writeVarintField(14, 1);
};

describe('models of others', () => {
  it('are read', () => {
    expect(readOnnxModel(fixture('sigmoid.onnx'), 'sigmoid.onnx')).toEqual({
      opset: 9,
      inputs: [{ name: 'x', type: 'float32', tensor: true, shape: [3, 4, 5] }],
      outputs: [{ name: 'y', type: 'float32', tensor: true, shape: [3, 4, 5] }],
      nodes: 1,
      externalData: [],
    });
    const iris = readOnnxModel(fixture('logreg_iris.onnx'), 'logreg_iris.onnx');
    expect(iris.outputs.map(({ type, tensor }) => [type, tensor])).toEqual([
      ['int64', true],
      ['sequence', false],
    ]);
  });

  it('name an input only when it has no value of its own', () => {
    // mul_1 lists its weight among the inputs, as files of before 2019 do.
    const model = readOnnxModel(fixture('mul_1.onnx'), 'mul_1.onnx');
    expect(model.inputs.map(({ name }) => name)).toEqual(['X']);
  });
});

describe('external data', () => {
  it('is found in the graph and in the graphs and tensors of its nodes', () => {
    const bytes = modelOf((graph) => {
      graph.writeMessage(5, external('weights.bin'), null);
      graph.writeMessage(
        1,
        (_: null, node) => {
          node.writeMessage(
            5,
            (_a: null, attribute) => attribute.writeMessage(5, external('constant.bin'), null),
            null,
          );
          node.writeMessage(
            5,
            (_a: null, attribute) =>
              attribute.writeMessage(6, (_g: null, inner) => inner.writeMessage(5, external('branch.bin'), null), null),
            null,
          );
        },
        null,
      );
    });
    expect(readOnnxModel(bytes, 'm').externalData).toEqual(['branch.bin', 'constant.bin', 'weights.bin']);
  });
});

describe('what is not a model', () => {
  it.each([
    ['an empty file', new Uint8Array(0), 'not an ONNX model: a.onnx'],
    ['a text', Buffer.from('{"model": "resnet"}'), 'not an ONNX model: a.onnx'],
    ['a zip', Buffer.from('PK\u0003\u0004 and so on, and so on'), 'not an ONNX model: a.onnx'],
    [
      'a pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0'),
      'a pointer of Git LFS and not the model itself, fetch it with git lfs pull: a.onnx',
    ],
    ['half a model', small.subarray(0, 50_000), 'the ONNX model ends in the middle, fetch or copy it again: a.onnx'],
    [
      'a model without its end',
      small.subarray(0, small.length - 4),
      'the ONNX model has no opset, it may have been cut off: fetch or copy it again: a.onnx',
    ],
  ])('%s is one sentence', (_what, bytes, expected) => {
    expect(message(() => readOnnxModel(bytes, 'a.onnx'))).toBe(expected);
  });

  it('shows a hostile name as it is', () => {
    expect(message(() => readOnnxModel(new Uint8Array(0), 'a\u001b[31m.onnx'))).toBe(
      'not an ONNX model: a\u2039U+001B\u203a[31m.onnx',
    );
  });

  it('graphs nested without end are refused', () => {
    const nest =
      (depth: number) =>
      (graph: PbfWriter): void => {
        if (depth > 0)
          graph.writeMessage(
            1,
            (_: null, node) =>
              node.writeMessage(
                5,
                (_a: null, at) => at.writeMessage(6, (_g: null, inner) => nest(depth - 1)(inner), null),
                null,
              ),
            null,
          );
      };
    expect(readOnnxModel(modelOf(nest(20)), 'm').nodes).toBe(1);
    expect(message(() => readOnnxModel(modelOf(nest(200)), 'm'))).toBe('not an ONNX model: m');
  });

  it('whatever the bytes are, there is a model or a sentence', () => {
    const read = (bytes: Uint8Array) => {
      try {
        return readOnnxModel(bytes, 'x').nodes >= 0;
      } catch (error) {
        return error instanceof UserFault && !error.message.includes('\n');
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => read(bytes)));
    const whole = fixture('logreg_iris.onnx');
    for (let end = 0; end < whole.length; end += 1) expect(read(whole.subarray(0, end)), `cut at ${end}`).toBe(true);
    const at = fc.nat({ max: whole.length - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(at, fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Uint8Array.from(whole);
        for (const [place, value] of changes) bytes[place] = value;
        return read(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
