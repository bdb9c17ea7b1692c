import { type CnnLayer, cnnSize, cnnWeights, integerCnnWeights } from '../../../shared/onnx/cnn.ts';
import type { OnnxPrecision } from '../../../shared/onnx/definition.ts';
import { elementCodes } from './element-code.ts';
import { createGraph, type GraphBuilder } from './graph-builder.ts';
import { onnxBytes } from './writer.ts';

const { channels, side, classes } = cnnSize;
const window = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
const pooling = { kernel_shape: [2, 2], strides: [2, 2] };

const floatCnn = (graph: GraphBuilder, image: string, seed: number): string => {
  const { convolutions, classifier } = cnnWeights(seed);
  let value = image;
  convolutions.forEach(({ weight, bias }, at) => {
    const inputs = [value, graph.weight(`conv${at}.weight`, weight), graph.weight(`conv${at}.bias`, bias)];
    value = graph.node('Relu', [graph.node('Conv', inputs, window)]);
    if (at < convolutions.length - 1) value = graph.node('MaxPool', [value], pooling);
  });
  const means = graph.node('Flatten', [graph.node('GlobalAveragePool', [value])]);
  return graph.node('Gemm', [
    means,
    graph.weight('classifier.weight', classifier.weight),
    graph.weight('classifier.bias', classifier.bias),
  ]);
};

/** Bytes from the first convolution to the last sum; that bytes stop at 0 is the ReLU. */
const integerCnn = (graph: GraphBuilder, image: string, seed: number): string => {
  const { convolutions, classifier, activations } = integerCnnWeights(seed);
  const unit = (exponent: number) => graph.scalar(`unit${exponent}`, 2 ** -exponent);
  const zero = graph.constant('zero.byte', 'uint8', [], [0]);
  const weightZero = graph.constant('zero.weight', 'int8', [], [0]);
  const integers = (name: string, type: 'int8' | 'int32', { shape, integers }: CnnLayer['weight']) =>
    graph.constant(name, type, shape, integers);
  let value = graph.node('QuantizeLinear', [image, unit(activations[0] as number), zero]);
  convolutions.forEach(({ weight, bias }, at) => {
    const inputs = [value, unit(activations[at] as number), zero];
    inputs.push(integers(`conv${at}.weight`, 'int8', weight), unit(weight.exponent), weightZero);
    inputs.push(unit(activations[at + 1] as number), zero, integers(`conv${at}.bias`, 'int32', bias));
    value = graph.node('QLinearConv', inputs, window);
    if (at < convolutions.length - 1) value = graph.node('MaxPool', [value], pooling);
  });
  const last = unit(activations.at(-1) as number);
  const floats = graph.node('DequantizeLinear', [value, last, zero]);
  const means = graph.node('Flatten', [graph.node('GlobalAveragePool', [floats])]);
  const bytes = graph.node('QuantizeLinear', [means, last, zero]);
  const sums = graph.node('MatMulInteger', [bytes, integers('classifier.weight', 'int8', classifier.weight), zero]);
  const shifted = graph.node('Add', [sums, integers('classifier.bias', 'int32', classifier.bias)]);
  return graph.node('Mul', [
    graph.node('Cast', [shifted], { to: elementCodes.float32 }),
    unit(classifier.bias.exponent),
  ]);
};

/** ONNX opset 17; images are float32 [batch, 3, 64, 64] and logits float32 [batch, 100] in every precision. */
export const cnnModel = (precision: OnnxPrecision, seed: number): Uint8Array => {
  const graph = createGraph(precision);
  const image = precision === 'f16' ? graph.node('Cast', ['images'], { to: elementCodes.float16 }) : 'images';
  const last = precision === 'int8' ? integerCnn(graph, image, seed) : floatCnn(graph, image, seed);
  graph.output(last, 'logits');
  return onnxBytes({
    name: `cnn, ${channels.slice(1).join(', ')} channels`,
    opset: 17,
    inputs: [{ name: 'images', type: 'float32', shape: ['batch', channels[0], side, side] }],
    outputs: [{ name: 'logits', type: 'float32', shape: ['batch', classes] }],
    nodes: graph.nodes,
    initializers: graph.initializers,
  });
};
