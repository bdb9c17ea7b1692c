import type { OnnxPrecision } from '../../../shared/onnx/definition.ts';
import { scaled } from '../../../shared/onnx/generated-values.ts';
import type { WeightTensor } from '../../../shared/onnx/transformer.ts';
import { elementCodes } from './element-code.ts';
import type { AttributeValue, GraphNode, Initializer, WrittenType } from './writer.ts';

export interface GraphBuilder {
  nodes: GraphNode[];
  initializers: Initializer[];
  /** Adds a node and answers the name of its first output. */
  node(type: string, inputs: string[], attributes?: Record<string, AttributeValue>): string;
  constant(name: string, type: WrittenType, shape: readonly number[], values: ArrayLike<number>): string;
  /** A weight in the floating-point type of the model. */
  weight(name: string, tensor: WeightTensor): string;
  /** A scalar in the floating-point type of the model. */
  scalar(name: string, value: number): string;
  /** Gives the last value its name, as float32 whatever the precision is. */
  output(last: string, name: string): void;
}

/** Collects nodes in the order of execution; every value is called after the node that makes it. */
export const createGraph = (precision: OnnxPrecision): GraphBuilder => {
  const float: WrittenType = precision === 'f16' ? 'float16' : 'float32';
  const nodes: GraphNode[] = [];
  const initializers: Initializer[] = [];
  const node: GraphBuilder['node'] = (type, inputs, attributes) => {
    const output = `v${nodes.length}`;
    nodes.push({ type, inputs, outputs: [output], ...(attributes ? { attributes } : {}) });
    return output;
  };
  const constant: GraphBuilder['constant'] = (name, type, shape, values) => {
    if (!initializers.some((known) => known.name === name)) initializers.push({ name, type, shape, values });
    return name;
  };
  return {
    nodes,
    initializers,
    node,
    constant,
    weight: (name, { shape, integers, exponent }) => constant(name, float, shape, scaled(integers, exponent)),
    scalar: (name, value) => constant(name, float, [], [value]),
    output: (last, name) => {
      if (float === 'float16') {
        nodes.push({ type: 'Cast', inputs: [last], outputs: [name], attributes: { to: elementCodes.float32 } });
        return;
      }
      const maker = nodes.at(-1);
      if (maker?.outputs[0] !== last) throw new Error(`not the last value of the graph: ${last}`);
      maker.outputs = [name];
    },
  };
};
