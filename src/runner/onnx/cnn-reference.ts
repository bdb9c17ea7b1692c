import { type CnnLayer, cnnSize, cnnWeights, integerCnnWeights } from '../../shared/onnx/cnn.ts';
import { scaled } from '../../shared/onnx/generated-values.ts';

/** Channel by channel, row by row. */
export interface Planes {
  channels: number;
  side: number;
  values: Float64Array;
}

/** One plane's share of an output plane; the nine products are written out, which is several times faster than a loop. */
const addPlane = (target: Float64Array, padded: Float64Array, nine: Float64Array, side: number): void => {
  const wide = side + 2;
  const [a, b, c, d, e, f, g, h, i] = nine as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      const p = row * wide + column;
      const q = p + wide;
      const r = q + wide;
      (target[row * side + column] as number) +=
        a * (padded[p] as number) +
        b * (padded[p + 1] as number) +
        c * (padded[p + 2] as number) +
        d * (padded[q] as number) +
        e * (padded[q + 1] as number) +
        f * (padded[q + 2] as number) +
        g * (padded[r] as number) +
        h * (padded[r + 1] as number) +
        i * (padded[r + 2] as number);
    }
};

/** 3 x 3, one pixel of zeros around, stride 1; weights are outputs x inputs x 3 x 3. */
export const convolution = (input: Planes, weights: Float64Array, biases: Float64Array): Planes => {
  const { channels, side } = input;
  const wide = side + 2;
  const padded = new Float64Array(channels * wide * wide);
  for (let channel = 0; channel < channels; channel += 1)
    for (let row = 0; row < side; row += 1) {
      const from = (channel * side + row) * side;
      padded.set(input.values.subarray(from, from + side), (channel * wide + row + 1) * wide + 1);
    }
  const area = side * side;
  const values = new Float64Array(biases.length * area);
  for (let output = 0; output < biases.length; output += 1) {
    const target = values.subarray(output * area, (output + 1) * area).fill(biases[output] as number);
    for (let channel = 0; channel < channels; channel += 1)
      addPlane(
        target,
        padded.subarray(channel * wide * wide, (channel + 1) * wide * wide),
        weights.subarray((output * channels + channel) * 9, (output * channels + channel + 1) * 9),
        side,
      );
  }
  return { channels: biases.length, side, values };
};

/** The largest of every 2 x 2. */
export const pooled = ({ channels, side, values }: Planes): Planes => {
  const half = side / 2;
  const result = new Float64Array(channels * half * half);
  for (let at = 0; at < result.length; at += 1) {
    const plane = Math.floor(at / (half * half));
    const corner = (plane * side + 2 * (Math.floor(at / half) % half)) * side + 2 * (at % half);
    const pixel = (offset: number) => values[corner + offset] as number;
    result[at] = Math.max(pixel(0), pixel(1), pixel(side), pixel(side + 1));
  }
  return { channels, side: half, values: result };
};

const means = ({ channels, side, values }: Planes): Float64Array =>
  Float64Array.from({ length: channels }, (_, channel) => {
    const plane = values.subarray(channel * side * side, (channel + 1) * side * side);
    return plane.reduce((sum, value) => sum + value, 0) / plane.length;
  });

const classified = (features: Float64Array, weights: Float64Array, biases: Float64Array): Float64Array =>
  biases.map((bias, output) =>
    features.reduce((sum, value, at) => sum + value * (weights[at * biases.length + output] as number), bias),
  );

const image = (values: Float64Array): Planes => ({ channels: cnnSize.channels[0], side: cnnSize.side, values });

/** Logits of one image in float64. */
export const cnnReference = (seed: number, pixels: Float64Array): Float64Array => {
  const { convolutions, classifier } = cnnWeights(seed);
  const floats = ({ weight, bias }: CnnLayer): [Float64Array, Float64Array] => [
    scaled(weight.integers, weight.exponent),
    scaled(bias.integers, bias.exponent),
  ];
  let planes = image(pixels);
  convolutions.forEach((layer, at) => {
    const sums = convolution(planes, ...floats(layer));
    planes = { ...sums, values: sums.values.map((value) => Math.max(0, value)) };
    if (at < convolutions.length - 1) planes = pooled(planes);
  });
  return classified(means(planes), ...floats(classifier));
};

/** To the nearest whole number, ties to even. */
export const roundedToEven = (value: number): number => {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
};

export const toByte = (value: number): number => Math.min(255, Math.max(0, roundedToEven(value)));

/** Logits of one image from its bytes; every number on the way is a whole one that float64 holds exactly. */
export const integerCnnReference = (seed: number, bytes: Float64Array): Float64Array => {
  const { convolutions, classifier, shifts } = integerCnnWeights(seed);
  const whole = ({ weight, bias }: CnnLayer): [Float64Array, Float64Array] => [
    Float64Array.from(weight.integers),
    Float64Array.from(bias.integers),
  ];
  let planes = image(bytes);
  convolutions.forEach((layer, at) => {
    const sums = convolution(planes, ...whole(layer));
    const unit = 2 ** -(shifts[at] as number);
    planes = { ...sums, values: sums.values.map((value) => toByte(value * unit)) };
    if (at < convolutions.length - 1) planes = pooled(planes);
  });
  const unit = 2 ** -classifier.bias.exponent;
  return classified(means(planes).map(toByte), ...whole(classifier)).map((sum) => sum * unit);
};
