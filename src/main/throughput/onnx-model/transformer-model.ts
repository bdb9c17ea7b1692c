import type { OnnxPrecision } from '../../../shared/onnx/definition.ts';
import {
  type ByteScale,
  byteScales,
  type Linear,
  type Norm,
  toInt8,
  transformerSize,
  transformerWeights,
} from '../../../shared/onnx/transformer.ts';
import { elementCodes } from './element-code.ts';
import { createGraph, type GraphBuilder } from './graph-builder.ts';
import { onnxBytes } from './writer.ts';

const { tokens, width, heads, hidden } = transformerSize;

/** A linear layer of floats. */
const floatLinear = (graph: GraphBuilder, name: string, input: string, { weight, bias }: Linear): string =>
  graph.node('Add', [
    graph.node('MatMul', [input, graph.weight(`${name}.weight`, weight)]),
    graph.weight(`${name}.bias`, bias),
  ]);

/** Linear layers of one input, whose bytes are quantised once, at a scale and zero point fixed beforehand. */
const integerLinears = (graph: GraphBuilder, input: string, bytes: ByteScale, layers: [string, Linear][]): string[] => {
  const zero = graph.constant(`zero.${bytes.zero}`, 'uint8', [], [bytes.zero]);
  const unit = graph.scalar(`unit.${bytes.exponent}`, 2 ** -bytes.exponent);
  const quantised = graph.node('QuantizeLinear', [input, unit, zero]);
  return layers.map(([name, { weight, bias }]) => {
    const { shape, integers, exponent } = toInt8(weight);
    const matrix = graph.constant(`${name}.weight`, 'int8', shape, integers);
    const sums = graph.node('Cast', [graph.node('MatMulInteger', [quantised, matrix, zero])], {
      to: elementCodes.float32,
    });
    const scale = graph.scalar(`unit.${bytes.exponent + exponent}`, 2 ** -(bytes.exponent + exponent));
    return graph.node('Add', [graph.node('Mul', [sums, scale]), graph.weight(`${name}.bias`, bias)]);
  });
};

const linears = (
  graph: GraphBuilder,
  precision: OnnxPrecision,
  input: string,
  bytes: ByteScale,
  layers: [string, Linear][],
): string[] =>
  precision === 'int8'
    ? integerLinears(graph, input, bytes, layers)
    : layers.map(([name, layer]) => floatLinear(graph, name, input, layer));

const norm = (graph: GraphBuilder, name: string, input: string, { scale, shift }: Norm): string =>
  graph.node(
    'LayerNormalization',
    [input, graph.weight(`${name}.scale`, scale), graph.weight(`${name}.shift`, shift)],
    { axis: 2, epsilon: { float: 2 ** -17 } },
  );

const attention = (graph: GraphBuilder, [query, key, value]: [string, string, string]): string => {
  // 0 keeps the batch, whatever it is.
  const apart = graph.constant('heads.shape', 'int64', [4], [0, tokens, heads, width / heads]);
  const together = graph.constant('tokens.shape', 'int64', [3], [0, tokens, width]);
  const byHead = (input: string, perm: number[]) =>
    graph.node('Transpose', [graph.node('Reshape', [input, apart])], { perm });
  const scores = graph.node('MatMul', [byHead(query, [0, 2, 1, 3]), byHead(key, [0, 2, 3, 1])]);
  const tempered = graph.node('Mul', [scores, graph.scalar('attention.scale', 2 ** -3)]);
  const shares = graph.node('Softmax', [tempered], { axis: 3 });
  const mixed = graph.node('MatMul', [shares, byHead(value, [0, 2, 1, 3])]);
  return graph.node('Reshape', [graph.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }), together]);
};

/** x / 2 * (1 + erf(x / sqrt 2)), written out as exporters did before the operator Gelu existed. */
const gelu = (graph: GraphBuilder, input: string): string => {
  const error = graph.node('Erf', [graph.node('Div', [input, graph.scalar('gelu.root', Math.SQRT2)])]);
  const gate = graph.node('Add', [error, graph.scalar('gelu.one', 1)]);
  return graph.node('Mul', [graph.node('Mul', [input, gate]), graph.scalar('gelu.half', 0.5)]);
};

/** ONNX opset 17; input and output are float32 [batch, 64, 256] in every precision. */
export const transformerModel = (precision: OnnxPrecision, seed: number): Uint8Array => {
  const weights = transformerWeights(seed);
  const graph = createGraph(precision);
  const input = precision === 'f16' ? graph.node('Cast', ['tokens'], { to: elementCodes.float16 }) : 'tokens';
  const projected = linears(
    graph,
    precision,
    norm(graph, 'attention.norm', input, weights.attentionNorm),
    byteScales.norm,
    [
      ['attention.query', weights.query],
      ['attention.key', weights.key],
      ['attention.value', weights.value],
    ],
  );
  const mixed = attention(graph, projected as [string, string, string]);
  const [attended] = linears(graph, precision, mixed, byteScales.attention, [['attention.out', weights.attentionOut]]);
  const middle = graph.node('Add', [input, attended as string]);
  const normed = norm(graph, 'hidden.norm', middle, weights.hiddenNorm);
  const [inner] = linears(graph, precision, normed, byteScales.norm, [['hidden.in', weights.hidden]]);
  const [outer] = linears(graph, precision, gelu(graph, inner as string), byteScales.hidden, [
    ['hidden.out', weights.hiddenOut],
  ]);
  const last = norm(graph, 'last.norm', graph.node('Add', [middle, outer as string]), weights.lastNorm);
  graph.output(last, 'states');
  const shape = ['batch', tokens, width];
  return onnxBytes({
    name: `transformer block, ${width} wide, ${hidden} hidden`,
    opset: 17,
    inputs: [{ name: 'tokens', type: 'float32', shape }],
    outputs: [{ name: 'states', type: 'float32', shape }],
    nodes: graph.nodes,
    initializers: graph.initializers,
  });
};
