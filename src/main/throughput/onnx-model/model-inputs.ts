import { UserFault } from '../../../shared/errors.ts';
import { type ElementType, elementTypes, type OnnxInput } from '../../../shared/onnx/definition.ts';
import type { ValueRange } from '../../../shared/onnx/generated-values.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import type { Dimension, ModelValue } from './reader.ts';

/** What is known of the inputs before a run: the shapes somebody gave, and how many items are in one iteration. */
export interface InputChoice {
  shapes: Record<string, number[]>;
  batch?: number;
  seed: number;
}

/** A gigabyte of 32-bit numbers while they are made. */
const mostElements = 2 ** 28;

const quoted = (text: string): string => `"${visibleText(text)}"`;

/**
 * Floats between -1 and 1 that float16 holds exactly; bytes over their whole range; other integers 0 or 1, because they
 * are often positions in a table of unknown length.
 */
const rangeOf = (type: ElementType): ValueRange => {
  if (type.startsWith('float')) return { low: -1024, high: 1023, exponent: 10 };
  if (type === 'uint8') return { low: 0, high: 255, exponent: 0 };
  if (type === 'int8') return { low: -128, high: 127, exponent: 0 };
  return { low: 0, high: 1, exponent: 0 };
};

const typeOf = ({ name, type, tensor }: ModelValue): ElementType => {
  const known = tensor ? elementTypes.find((element) => element === type) : undefined;
  if (!known)
    throw new UserFault(
      `input ${quoted(name)} cannot be generated, only tensors of ${elementTypes.join(', ')} can: ${type}`,
    );
  return known;
};

const example = (shape: Dimension[] | null): string =>
  shape
    ? shape
        .map((size) => size ?? 1)
        .map((size) => (typeof size === 'number' ? size : 1))
        .join('x')
    : '1x3x224x224';

const openWords = (shape: Dimension[] | null): string => {
  if (!shape) return 'its number of dimensions';
  const open = shape.flatMap((size, at) =>
    typeof size === 'number' ? [] : [size === null ? `dimension ${at + 1}` : quoted(size)],
  );
  return open.join(', ');
};

/** Sizes by the names models give them: one name is one size in all inputs. */
type Sizes = Map<string, { size: number; input: string }>;

const own = (shape: Dimension[]): string =>
  shape.map((size) => (typeof size === 'string' ? visibleText(size) : (size ?? '?'))).join('x') || 'scalar';

const fits = (given: number[], shape: Dimension[]): boolean =>
  given.length === shape.length && given.every((size, at) => typeof shape[at] !== 'number' || shape[at] === size);

/** What the given shapes, and the batch in an open first place, say of the names. */
const namedSizes = (inputs: readonly ModelValue[], { shapes, batch }: InputChoice): Sizes => {
  const sizes: Sizes = new Map();
  for (const { name, shape } of inputs) {
    const given = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (given && shape && !fits(given, shape))
      throw new UserFault(
        `the shape given for input ${quoted(name)} does not fit the model's ${own(shape)}: ${given.join('x')}`,
      );
    const said = given ?? (batch === undefined ? [] : [batch]);
    said.forEach((size, at) => {
      const word = shape?.[at];
      if (typeof word !== 'string') return;
      const before = sizes.get(word);
      if (before && before.size !== size)
        throw new UserFault(
          `${quoted(word)} is one size in all inputs, ${quoted(before.input)} makes it ${before.size} and ${quoted(name)} makes it: ${size}`,
        );
      sizes.set(word, { size, input: name });
    });
  }
  return sizes;
};

/** The given shape, else the model's own with the sizes known by name and the batch in an open first place. */
const shapeOf = ({ name, shape }: ModelValue, { shapes, batch }: InputChoice, sizes: Sizes): number[] => {
  const given = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (given) return given;
  const filled = shape?.map((size, at): Dimension => {
    if (typeof size === 'string') return sizes.get(size)?.size ?? size;
    return size ?? (at === 0 ? (batch ?? null) : null);
  });
  if (!filled?.every((size) => typeof size === 'number'))
    throw new UserFault(
      `input ${quoted(name)} leaves ${openWords(filled ?? null)} open, give its shape: --shape ${visibleText(name)}=${example(filled ?? null)}`,
    );
  return filled;
};

/** Inputs of a model with seeded values; every fault is a sentence that names the input and what to give. */
export const modelInputs = (inputs: readonly ModelValue[], choice: InputChoice): OnnxInput[] => {
  const strange = Object.keys(choice.shapes).find((name) => !inputs.some((input) => input.name === name));
  if (strange !== undefined) {
    const known = inputs.map(({ name }) => quoted(name)).join(', ') || 'none';
    throw new UserFault(`the model has no such input, its inputs are ${known}: ${visibleText(strange)}`);
  }
  const sizes = namedSizes(inputs, choice);
  const made = inputs.map((input): OnnxInput => {
    const type = typeOf(input);
    const shape = shapeOf(input, choice, sizes);
    const count = shape.reduce((product, size) => product * size, 1);
    if (count > mostElements)
      throw new UserFault(`input ${quoted(input.name)} would have more than ${mostElements} elements: ${count}`);
    return { name: input.name, type, shape, seed: choice.seed, values: rangeOf(type) };
  });
  const { batch } = choice;
  // Throughput counts a batch as that many items: it must be what is really executed.
  if (batch !== undefined && batch !== 1 && !made.some(({ shape }) => shape[0] === batch))
    throw new UserFault(`no input of the model has the batch as its first dimension: ${batch}`);
  return made;
};
