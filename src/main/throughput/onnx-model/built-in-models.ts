import { cnnInput, cnnSize } from '../../../shared/onnx/cnn.ts';
import type { BuiltInName, OnnxInput, OnnxPrecision, Tolerance } from '../../../shared/onnx/definition.ts';
import { transformerInput, transformerSize } from '../../../shared/onnx/transformer.ts';
import { cnnModel } from './cnn-model.ts';
import { transformerModel } from './transformer-model.ts';

export interface BuiltIn {
  name: BuiltInName;
  version: number;
  item: string;
  batch: number;
  text: string;
  bytes(precision: OnnxPrecision, seed: number): Uint8Array;
  input(batch: number, seed: number): OnnxInput;
  /**
   * Largest difference from plain loops in float64. Outputs are of size 1 and a wrong weight moves them by as much. On
   * x86-64 the tests hold ONNX Runtime to a hundredth of it (f32), a sixth (f16) and a third (int8 transformer, where a
   * value beside a rounding edge becomes the next byte); the rest is room for other instruction sets and processors. The
   * int8 CNN has no rounding that could differ, so it is exact.
   */
  tolerance: Record<OnnxPrecision, Tolerance>;
}

const floats = { f32: { absolute: 1e-3, relative: 1e-3 }, f16: { absolute: 0.03, relative: 0.01 } };

export const builtIns: BuiltIn[] = [
  {
    name: 'transformer',
    version: transformerSize.version,
    item: 'sequence',
    batch: 4,
    text: 'a transformer block, 64 tokens of 256 numbers: matrix products of middling size, softmax, norms',
    bytes: transformerModel,
    input: (batch, seed) => ({
      name: 'tokens',
      type: 'float32',
      shape: [batch, transformerSize.tokens, transformerSize.width],
      seed,
      values: transformerInput,
    }),
    tolerance: { ...floats, int8: { absolute: 0.1, relative: 0 } },
  },
  {
    name: 'cnn',
    version: cnnSize.version,
    item: 'image',
    batch: 4,
    text: 'three convolutions over 64 x 64 pixels: convolution kernels and memory traffic between layers',
    bytes: cnnModel,
    input: (batch, seed) => ({
      name: 'images',
      type: 'float32',
      shape: [batch, cnnSize.channels[0], cnnSize.side, cnnSize.side],
      seed,
      values: cnnInput,
    }),
    tolerance: { ...floats, int8: { absolute: 0, relative: 0 } },
  },
];
