import { PbfWriter } from 'pbf';
import { halfBits } from '../../../shared/onnx/half-float.ts';
import { elementCodes } from './element-code.ts';

/** The few element types our own models are made of. */
export type WrittenType = 'float32' | 'float16' | 'int8' | 'uint8' | 'int32' | 'int64';

export interface Initializer {
  name: string;
  type: WrittenType;
  shape: readonly number[];
  values: ArrayLike<number>;
}

export type AttributeValue = number | number[] | { float: number };

export interface GraphNode {
  type: string;
  inputs: string[];
  outputs: string[];
  attributes?: Record<string, AttributeValue>;
}

export interface GraphValue {
  name: string;
  type: WrittenType;
  /** A text is a dimension the caller chooses. */
  shape: (number | string)[];
}

export interface WrittenModel {
  name: string;
  opset: number;
  inputs: GraphValue[];
  outputs: GraphValue[];
  nodes: GraphNode[];
  initializers: Initializer[];
}

const bytesPerElement: Record<WrittenType, number> = { float32: 4, float16: 2, int8: 1, uint8: 1, int32: 4, int64: 8 };

const put: Record<WrittenType, (view: DataView, at: number, value: number) => void> = {
  float32: (view, at, value) => view.setFloat32(at, value, true),
  float16: (view, at, value) => view.setUint16(at, halfBits(value), true),
  int8: (view, at, value) => view.setInt8(at, value),
  uint8: (view, at, value) => view.setUint8(at, value),
  int32: (view, at, value) => view.setInt32(at, value, true),
  int64: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
};

/** Little-endian, as the standard lays raw data out, whatever the machine's own order is. */
const rawData = ({ type, values }: Initializer): Uint8Array => {
  const size = bytesPerElement[type];
  const view = new DataView(new ArrayBuffer(values.length * size));
  for (let at = 0; at < values.length; at += 1) put[type](view, at * size, values[at] as number);
  return new Uint8Array(view.buffer);
};

const writeTensor = (tensor: Initializer, pbf: PbfWriter): void => {
  pbf.writePackedVarint(1, [...tensor.shape]);
  pbf.writeVarintField(2, elementCodes[tensor.type]);
  pbf.writeStringField(8, tensor.name);
  pbf.writeBytesField(9, rawData(tensor));
};

const attributeType = { float: 1, integer: 2, integers: 7 } as const;

const writeAttribute = ([name, value]: [string, AttributeValue], pbf: PbfWriter): void => {
  pbf.writeStringField(1, name);
  if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, attributeType.integer);
  } else if (Array.isArray(value)) {
    pbf.writePackedVarint(8, value);
    pbf.writeVarintField(20, attributeType.integers);
  } else {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, attributeType.float);
  }
};

const writeNode = (node: GraphNode & { name: string }, pbf: PbfWriter): void => {
  for (const input of node.inputs) pbf.writeStringField(1, input);
  for (const output of node.outputs) pbf.writeStringField(2, output);
  pbf.writeStringField(3, node.name);
  pbf.writeStringField(4, node.type);
  for (const attribute of Object.entries(node.attributes ?? {})) pbf.writeMessage(5, writeAttribute, attribute);
};

const writeDimension = (size: number | string, pbf: PbfWriter): void => {
  if (typeof size === 'number') pbf.writeVarintField(1, size);
  else pbf.writeStringField(2, size);
};

const writeShape = (shape: GraphValue['shape'], pbf: PbfWriter): void => {
  for (const size of shape) pbf.writeMessage(1, writeDimension, size);
};

const writeTensorType = (value: GraphValue, pbf: PbfWriter): void => {
  pbf.writeVarintField(1, elementCodes[value.type]);
  pbf.writeMessage(2, writeShape, value.shape);
};

const writeValue = (value: GraphValue, pbf: PbfWriter): void => {
  pbf.writeStringField(1, value.name);
  pbf.writeMessage(2, (type: GraphValue, inner) => inner.writeMessage(1, writeTensorType, type), value);
};

const writeGraph = (model: WrittenModel, pbf: PbfWriter): void => {
  model.nodes.forEach((node, at) => {
    pbf.writeMessage(1, writeNode, { ...node, name: `${node.type}_${at}` });
  });
  pbf.writeStringField(2, model.name);
  for (const tensor of model.initializers) pbf.writeMessage(5, writeTensor, tensor);
  for (const input of model.inputs) pbf.writeMessage(11, writeValue, input);
  for (const output of model.outputs) pbf.writeMessage(12, writeValue, output);
};

/** The bytes of an ONNX model (IR version 8); equal models give equal bytes on every platform. */
export const onnxBytes = (model: WrittenModel): Uint8Array => {
  const pbf = new PbfWriter(new Uint8Array(1 << 16));
  pbf.writeVarintField(1, 8);
  pbf.writeStringField(2, 'driftbench');
  pbf.writeMessage(7, writeGraph, model);
  pbf.writeMessage(8, (opset: number, inner) => inner.writeVarintField(2, opset), model.opset);
  return pbf.finish();
};
