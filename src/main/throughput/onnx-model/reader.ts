import { UserFault } from '../../../shared/errors.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import { elementName } from './element-code.ts';
import { type Field, fieldsOf, textOf, WireFault } from './wire.ts';

/** A size, the name of a size the caller chooses, or null: open and without a name. */
export type Dimension = number | string | null;

export interface ModelValue {
  name: string;
  /** An element type, or `sequence`, `map`, `optional`, `sparse tensor` for what is not a tensor. */
  type: string;
  tensor: boolean;
  /** Null where not even the number of dimensions is fixed. */
  shape: Dimension[] | null;
}

export interface OnnxModel {
  /** Of the standard's own domain; null for a model of other domains alone. */
  opset: number | null;
  /** What must be fed: initializers with a value are not among them. */
  inputs: ModelValue[];
  outputs: ModelValue[];
  nodes: number;
  /** Files beside the model that hold its weights, by the path the model names them. */
  externalData: string[];
}

/** Control flow nests graphs; real models nest two or three deep. */
const deepest = 64;

const readDimension = (bytes: Uint8Array): Dimension => {
  let size: Dimension = null;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1 && field.value !== null) size = field.value > 0 ? field.value : null;
    else if (field.number === 2 && field.value === null) size = textOf(field) || null;
  }
  return size;
};

const readTensorType = (bytes: Uint8Array): Pick<ModelValue, 'type' | 'tensor' | 'shape'> => {
  let type = 'element type 0';
  let shape: Dimension[] | null = null;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) type = elementName(field.value ?? 0);
    else if (field.number === 2) {
      shape = [];
      for (const dimension of fieldsOf(field.bytes))
        if (dimension.number === 1) shape.push(readDimension(dimension.bytes));
    }
  }
  return { type, tensor: true, shape };
};

const otherTypes: Record<number, string> = { 4: 'sequence', 5: 'map', 8: 'sparse tensor', 9: 'optional' };

const readValue = (bytes: Uint8Array): ModelValue => {
  let value: ModelValue = { name: '', type: 'unknown type', tensor: false, shape: null };
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) value.name = textOf(field);
    if (field.number !== 2) continue;
    for (const kind of fieldsOf(field.bytes)) {
      if (kind.number === 1) value = { ...value, ...readTensorType(kind.bytes) };
      else if (otherTypes[kind.number]) value = { ...value, type: otherTypes[kind.number] as string };
    }
  }
  return value;
};

interface Tensor {
  name: string;
  location: string | null;
}

const readTensor = (bytes: Uint8Array): Tensor => {
  const tensor: Tensor = { name: '', location: null };
  let external = false;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 8) tensor.name = textOf(field);
    else if (field.number === 14) external = field.value === 1;
    else if (field.number === 13) {
      const [key, value] = [...fieldsOf(field.bytes)].sort((a, b) => a.number - b.number).map(textOf);
      if (key === 'location') tensor.location = value ?? '';
    }
  }
  return external ? { ...tensor, location: tensor.location ?? '' } : { ...tensor, location: null };
};

interface Graph {
  inputs: ModelValue[];
  outputs: ModelValue[];
  initialized: Set<string>;
  nodes: number;
}

/** Tensors and graphs inside a node's attributes may name files too. */
const readNode = (bytes: Uint8Array, locations: Set<string>, depth: number): void => {
  for (const attribute of fieldsOf(bytes)) {
    if (attribute.number !== 5) continue;
    for (const field of fieldsOf(attribute.bytes)) {
      if (field.number === 5 || field.number === 10) addLocation(readTensor(field.bytes), locations);
      else if (field.number === 6 || field.number === 11) readGraph(field.bytes, locations, depth + 1);
    }
  }
};

const addLocation = ({ location }: Tensor, locations: Set<string>): void => {
  if (location !== null) locations.add(location);
};

const readSparse = (bytes: Uint8Array, graph: Graph, locations: Set<string>): void => {
  for (const field of fieldsOf(bytes)) {
    if (field.number !== 1 && field.number !== 2) continue;
    const tensor = readTensor(field.bytes);
    addLocation(tensor, locations);
    if (field.number === 1) graph.initialized.add(tensor.name);
  }
};

const readGraph = (bytes: Uint8Array, locations: Set<string>, depth: number): Graph => {
  if (depth > deepest) throw new WireFault(false);
  const graph: Graph = { inputs: [], outputs: [], initialized: new Set(), nodes: 0 };
  const readers: Record<number, (field: Field) => void> = {
    1: (field) => {
      graph.nodes += 1;
      readNode(field.bytes, locations, depth);
    },
    5: (field) => {
      const tensor = readTensor(field.bytes);
      graph.initialized.add(tensor.name);
      addLocation(tensor, locations);
    },
    11: (field) => graph.inputs.push(readValue(field.bytes)),
    12: (field) => graph.outputs.push(readValue(field.bytes)),
    15: (field) => readSparse(field.bytes, graph, locations),
  };
  for (const field of fieldsOf(bytes)) readers[field.number]?.(field);
  return graph;
};

const readOpset = (bytes: Uint8Array): { domain: string; version: number } => {
  const opset = { domain: '', version: 0 };
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) opset.domain = textOf(field);
    else if (field.number === 2) opset.version = field.value ?? 0;
  }
  return opset;
};

const lfsPointer = 'version https://git-lfs';

/** Reads of a model what must be known before it is run; `name` is only for the sentence when it cannot be read. */
export const readOnnxModel = (bytes: Uint8Array, name: string): OnnxModel => {
  const refuse = (what: string): UserFault => new UserFault(`${what}: ${visibleText(name)}`);
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, lfsPointer.length));
  if (start === lfsPointer) throw refuse('a pointer of Git LFS and not the model itself, fetch it with git lfs pull');
  let version: number | null = null;
  let graph: Graph | null = null;
  const opsets = new Map<string, number>();
  const locations = new Set<string>();
  try {
    for (const field of fieldsOf(bytes)) {
      if (field.number === 1) version = field.value;
      else if (field.number === 7 && field.value === null) graph = readGraph(field.bytes, locations, 0);
      else if (field.number === 8) {
        const { domain, version: of } = readOpset(field.bytes);
        opsets.set(domain === 'ai.onnx' ? '' : domain, of);
      }
    }
  } catch (error) {
    if (!(error instanceof WireFault)) throw error;
    if (version !== null && error.cut) throw refuse('the ONNX model ends in the middle, fetch or copy it again');
    throw refuse('not an ONNX model');
  }
  if (version === null || version < 1) throw refuse('not an ONNX model');
  if (!graph || opsets.size === 0)
    throw refuse(
      `the ONNX model has no ${graph ? 'opset' : 'graph'}, it may have been cut off: fetch or copy it again`,
    );
  const { initialized } = graph;
  return {
    opset: opsets.get('') ?? null,
    inputs: graph.inputs.filter((input) => !initialized.has(input.name)),
    outputs: graph.outputs,
    nodes: graph.nodes,
    externalData: [...locations].sort(),
  };
};
