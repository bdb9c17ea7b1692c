import { describe, expect, it } from 'vitest';
import { modelInputs } from '../../../../../src/main/throughput/onnx-model/model-inputs.ts';
import type { Dimension, ModelValue } from '../../../../../src/main/throughput/onnx-model/reader.ts';
import { UserFault } from '../../../../../src/shared/errors.ts';

const value = (name: string, shape: Dimension[] | null, type = 'float32'): ModelValue => ({
  name,
  type,
  tensor: true,
  shape,
});
const shapesOf = (inputs: ModelValue[], shapes: Record<string, number[]>, batch?: number) =>
  modelInputs(inputs, { shapes, seed: 1, ...(batch === undefined ? {} : { batch }) }).map(({ shape }) => shape);

const image = value('image', ['N', 3, null, null]);

describe('shapes of inputs', () => {
  it('are the model’s own, the given ones, or the batch in an open first place', () => {
    expect(shapesOf([value('x', [2, 3])], {})).toEqual([[2, 3]]);
    expect(shapesOf([image], { image: [1, 3, 224, 224] })).toEqual([[1, 3, 224, 224]]);
    expect(shapesOf([value('x', ['N', 3])], {}, 8)).toEqual([[8, 3]]);
    expect(shapesOf([value('x', [])], {})).toEqual([[]]);
    expect(shapesOf([value('x', null)], { x: [4] })).toEqual([[4]]);
  });

  it('follow from each other by the names of their sizes', () => {
    const inputs = [value('ids', ['batch', 'length'], 'int64'), value('mask', ['batch', 'length'], 'int64')];
    expect(shapesOf(inputs, { ids: [2, 128] })).toEqual([
      [2, 128],
      [2, 128],
    ]);
    expect(() => shapesOf(inputs, { ids: [2, 128], mask: [2, 64] })).toThrow(
      '"length" is one size in all inputs, "ids" makes it 128 and "mask" makes it: 64',
    );
  });

  it.each([
    [
      [image],
      {},
      undefined,
      'input "image" leaves "N", dimension 3, dimension 4 open, give its shape: --shape image=1x3x1x1',
    ],
    [
      [value('x', null)],
      {},
      undefined,
      'input "x" leaves its number of dimensions open, give its shape: --shape x=1x3x224x224',
    ],
    [
      [image],
      { image: [1, 4, 8, 8] },
      undefined,
      'the shape given for input "image" does not fit the model\'s Nx3x?x?: 1x4x8x8',
    ],
    [
      [image],
      { image: [3, 8, 8] },
      undefined,
      'the shape given for input "image" does not fit the model\'s Nx3x?x?: 3x8x8',
    ],
    [[image], { picture: [1] }, undefined, 'the model has no such input, its inputs are "image": picture'],
    [[value('x', [2, 3])], {}, 8, 'no input of the model has the batch as its first dimension: 8'],
    [
      [value('x', ['n', 'n'])],
      { x: [2, 3] },
      undefined,
      '"n" is one size in all inputs, "x" makes it 2 and "x" makes it: 3',
    ],
    [
      [value('x', [2 ** 20, 2 ** 20])],
      {},
      undefined,
      'input "x" would have more than 268435456 elements: 1099511627776',
    ],
    [
      [value('s', [1], 'string')],
      {},
      undefined,
      'input "s" cannot be generated, only tensors of float32, float16, float64, int8, uint8, int16, uint16, int32, uint32, int64, uint64, bool can: string',
    ],
  ] as [ModelValue[], Record<string, number[]>, number | undefined, string][])(
    '%j with %j and batch %s is refused',
    (inputs, shapes, batch, expected) => {
      expect(() => shapesOf(inputs, shapes, batch)).toThrow(new UserFault(expected));
    },
  );

  it('a name such as __proto__ is a name', () => {
    expect(() => shapesOf([value('__proto__', ['n'])], {})).toThrow('input "__proto__" leaves "n" open');
  });
});
