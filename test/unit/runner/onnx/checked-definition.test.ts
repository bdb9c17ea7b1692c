import { describe, expect, it } from 'vitest';
import { onnxWorkloads } from '../../../../src/main/throughput/workloads/onnx-workloads.ts';
import { checkedDefinition } from '../../../../src/runner/onnx/checked-definition.ts';
import { RunnerFault } from '../../../../src/runner/protocol.ts';
import type { OnnxDefinition } from '../../../../src/shared/onnx/definition.ts';

const [workload] = onnxWorkloads({ durationMs: 100, seed: 1, precision: 'int8' });
const definition = workload!.definition as unknown as OnnxDefinition;
const file = { sha256: 'a'.repeat(64), externalData: [] };

describe('a definition', () => {
  it('is taken as it is', () => {
    expect(checkedDefinition(definition)).toBe(definition);
    const output = { ...definition.output, reference: 'first-iteration' as const };
    expect(checkedDefinition({ ...definition, model: file, output })).toMatchObject({ model: file });
  });

  it.each(Object.keys(definition))('without %s is refused by name', (key) => {
    expect(() => checkedDefinition({ ...definition, [key]: undefined })).toThrow(
      new RunnerFault('bad-workload', `the onnx runner does not understand this field of the workload: ${key}`),
    );
  });

  it.each([
    [{ procedure: 2 }, 'procedure'],
    [{ model: { ...definition.model, sha256: 'A'.repeat(64) } }, 'model'],
    [{ model: { ...definition.model, builtIn: 'rnn' } }, 'model'],
    [{ inputs: [{ ...definition.inputs[0], shape: [1, 0] }] }, 'inputs'],
    [{ inputs: [{ ...definition.inputs[0], type: 'string' }] }, 'inputs'],
    [{ inputs: [{ ...definition.inputs[0], seed: 0.5 }] }, 'inputs'],
    [{ batch: 1.5 }, 'batch'],
    [{ schedule: { ...definition.schedule, minIterations: 0 } }, 'schedule'],
    [{ output: { reference: 'none', tolerance: { absolute: 0, relative: 0 } } }, 'output'],
    [{ output: { ...definition.output, tolerance: { absolute: -1, relative: 0 } } }, 'output'],
  ])('with %j is refused', (change, key) => {
    expect(() => checkedDefinition({ ...definition, ...change })).toThrow(`this field of the workload: ${key}`);
  });

  it.each([
    [{ model: file }, 'the output of a built-in model, and of no other, is held against plain loops'],
    [
      { output: { ...definition.output, reference: 'first-iteration' } },
      'the output of a built-in model, and of no other, is held against plain loops',
    ],
    [
      { model: { ...definition.model, version: 7 } },
      'this runner knows version 1 of the built-in transformer and not: 7',
    ],
    [{ precision: 'f64' }, 'a built-in model has no precision of this name: f64'],
    [{ batch: 2 }, 'the input of a built-in model does not have the batch as its first dimension: 2'],
  ])('that contradicts itself with %j is refused', (change, expected) => {
    expect(() => checkedDefinition({ ...definition, ...change })).toThrow(new RunnerFault('bad-workload', expected));
  });

  it.each([null, 1, 'x', []])('that is %j is none', (value) => {
    expect(() => checkedDefinition(value)).toThrow('the workload has no definition');
  });
});
