import { generatedIntegers, type ValueRange } from './generated-values.ts';

/** One pre-norm block: attention and a GELU layer of four times the width, each with its residual, and a last norm. */
export const transformerSize = { tokens: 64, width: 256, heads: 4, hidden: 1024, version: 1 } as const;

/** Values that float16 holds exactly, so that f32 and f16 have equal weights. */
export const transformerInput: ValueRange = { low: -1024, high: 1023, exponent: 9 };

export interface WeightTensor {
  shape: number[];
  integers: Int32Array;
  exponent: number;
}

export interface Linear {
  weight: WeightTensor;
  bias: WeightTensor;
}

export interface Norm {
  scale: WeightTensor;
  shift: WeightTensor;
}

export interface TransformerWeights {
  attentionNorm: Norm;
  query: Linear;
  key: Linear;
  value: Linear;
  attentionOut: Linear;
  hiddenNorm: Norm;
  hidden: Linear;
  hiddenOut: Linear;
  lastNorm: Norm;
}

/** The weights of the seed; `integers` of a matrix have eleven bits, of which the upper seven are the int8 model's. */
export const transformerWeights = (seed: number): TransformerWeights => {
  const { width, hidden } = transformerSize;
  const tensor = (name: string, shape: number[], low: number, high: number, exponent: number): WeightTensor => {
    const count = shape.reduce((product, size) => product * size, 1);
    return { shape, integers: generatedIntegers(seed, `transformer/${name}`, count, { low, high }), exponent };
  };
  const linear = (name: string, rows: number, columns: number, exponent: number): Linear => ({
    weight: tensor(`${name}/weight`, [rows, columns], -1024, 1023, exponent),
    bias: tensor(`${name}/bias`, [columns], -128, 127, 10),
  });
  const norm = (name: string): Norm => ({
    scale: tensor(`${name}/scale`, [width], 896, 1151, 10),
    shift: tensor(`${name}/shift`, [width], -128, 127, 10),
  });
  return {
    attentionNorm: norm('attention-norm'),
    query: linear('query', width, width, 13),
    key: linear('key', width, width, 13),
    value: linear('value', width, width, 14),
    attentionOut: linear('attention-out', width, width, 14),
    hiddenNorm: norm('hidden-norm'),
    hidden: linear('hidden', width, hidden, 13),
    hiddenOut: linear('hidden-out', hidden, width, 14),
    lastNorm: norm('last-norm'),
  };
};

/** Seven bits and a sign: products of unsigned and signed bytes then fit the 16-bit pairs of AVX2 without saturating. */
export const toInt8 = ({ shape, integers, exponent }: WeightTensor): WeightTensor => ({
  shape,
  integers: integers.map((integer) => integer >> 4),
  exponent: exponent - 4,
});

/** A byte stands for (byte - zero) * 2^-exponent. */
export interface ByteScale {
  zero: number;
  exponent: number;
}

/** Fixed beforehand, so that an item's answer does not depend on what else is in its batch. */
export const byteScales = {
  norm: { zero: 128, exponent: 5 },
  attention: { zero: 128, exponent: 6 },
  hidden: { zero: 16, exponent: 5 },
} as const satisfies Record<string, ByteScale>;
