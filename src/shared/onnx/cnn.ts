import { generatedIntegers, type ValueRange } from './generated-values.ts';
import type { WeightTensor } from './transformer.ts';

/** Three 3 x 3 convolutions, each with ReLU, the first two with 2 x 2 pooling; average; one linear layer. */
export const cnnSize = { channels: [3, 32, 64, 128], side: 64, classes: 100, version: 1 } as const;

/** Bytes over 256: the int8 model's own quantisation of the input is exact. */
export const cnnInput: ValueRange = { low: 0, high: 255, exponent: 8 };

export interface CnnLayer {
  weight: WeightTensor;
  bias: WeightTensor;
}

export interface CnnWeights {
  convolutions: CnnLayer[];
  classifier: CnnLayer;
}

const layers = (seed: number, range: { low: number; high: number }, bias: { low: number; high: number }) => {
  const integers = (name: string, shape: number[], from: { low: number; high: number }) =>
    generatedIntegers(
      seed,
      `cnn/${name}`,
      shape.reduce((product, size) => product * size, 1),
      from,
    );
  return (name: string, shape: number[], outputs: number, exponents: [number, number]): CnnLayer => ({
    weight: { shape, integers: integers(`${name}/weight`, shape, range), exponent: exponents[0] },
    bias: { shape: [outputs], integers: integers(`${name}/bias`, [outputs], bias), exponent: exponents[1] },
  });
};

const shapes = cnnSize.channels.slice(1).map((outputs, at) => [outputs, cnnSize.channels[at] as number, 3, 3]);
const classifierShape = [cnnSize.channels[3], cnnSize.classes];

/** Weights of f32 and f16: eleven bits, which float16 holds exactly. */
export const cnnWeights = (seed: number): CnnWeights => {
  const layer = layers(seed, { low: -1024, high: 1023 }, { low: -128, high: 127 });
  return {
    convolutions: shapes.map((shape, at) => layer(`convolution-${at}`, shape, shape[0] as number, [at ? 13 : 11, 10])),
    classifier: layer('classifier', classifierShape, cnnSize.classes, [12, 10]),
  };
};

export interface IntegerCnn extends CnnWeights {
  /** Bits by which a convolution's 32-bit sum is scaled down to a byte: every scale is a power of two. */
  shifts: number[];
  /** The bytes before each convolution, and before the classifier, are in units of 2^-exponent. */
  activations: number[];
}

const shifts = [8, 10, 10];
const weightExponent = 8;

/**
 * Weights of int8, whose every step is exact in integers: even weights and odd biases keep each sum odd, so that no
 * rounding rule ever meets a tie, and seven bits keep the byte products inside AVX2's 16-bit pairs.
 */
export const integerCnnWeights = (seed: number): IntegerCnn => {
  const activations: number[] = [cnnInput.exponent];
  for (const shift of shifts) activations.push((activations.at(-1) as number) + weightExponent - shift);
  const layer = layers(seed, { low: -32, high: 31 }, { low: -512, high: 511 });
  const even = ({ weight, bias }: CnnLayer, spread: number): CnnLayer => ({
    weight: { ...weight, integers: weight.integers.map((integer) => 2 * integer) },
    bias: { ...bias, integers: bias.integers.map((integer) => 2 * integer * spread + 1) },
  });
  const exponents = (at: number): [number, number] => [weightExponent, (activations[at] as number) + weightExponent];
  return {
    convolutions: shapes.map((shape, at) =>
      even(layer(`convolution-${at}`, shape, shape[0] as number, exponents(at)), at ? 8 : 1),
    ),
    classifier: even(layer('classifier', classifierShape, cnnSize.classes, exponents(shapes.length)), 8),
    shifts,
    activations,
  };
};
