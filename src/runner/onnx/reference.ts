import { type BuiltInModel, isBuiltIn, type OnnxDefinition } from '../../shared/onnx/definition.ts';
import { scaled } from '../../shared/onnx/generated-values.ts';
import { cnnReference, integerCnnReference } from './cnn-reference.ts';
import { inputIntegers } from './generated-input.ts';
import { transformerReference } from './transformer-reference.ts';

export interface ExpectedItem {
  /** Position in the batch. */
  item: number;
  values: Float64Array;
}

const referenceOf = (model: BuiltInModel, integers: boolean, item: Int32Array, exponent: number): Float64Array => {
  if (model.builtIn === 'transformer') return transformerReference(model.seed, scaled(item, exponent), integers);
  return integers
    ? integerCnnReference(model.seed, Float64Array.from(item))
    : cnnReference(model.seed, scaled(item, exponent));
};

/** What plain loops in float64 make of the first and the last item of the batch; none for a model of the user's. */
export const expectedItems = ({ model, inputs, batch, precision }: OnnxDefinition): ExpectedItem[] => {
  const [input] = inputs;
  if (!isBuiltIn(model) || !input) return [];
  const integers = inputIntegers(input);
  const size = integers.length / batch;
  return [...new Set([0, batch - 1])].map((item) => ({
    item,
    values: referenceOf(
      model,
      precision === 'int8',
      integers.subarray(item * size, (item + 1) * size),
      input.values.exponent,
    ),
  }));
};
