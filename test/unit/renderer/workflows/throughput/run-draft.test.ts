import { describe, expect, test } from 'vitest';
import {
  emptyDraft,
  leastMs,
  ownCommand,
  ownModel,
  requestOfDraft,
  wordsOf,
} from '../../../../../src/renderer/workflows/throughput/runs/run-draft.ts';
import { RunRequest, type Workload } from '../../../../../src/shared/model/workload.ts';

const workload: Workload = { id: 'onnx-mlp', runner: 'onnx', precisions: ['f32'], hash: 'a', definition: {}, text: '' };
const absent: Workload = { ...workload, id: 'gemm-f16', runner: 'webgpu', unavailable: 'no adapter' };

describe('the words of a command', () => {
  test.each([
    ['python3 bench.py --n 5', ['python3', 'bench.py', '--n', '5']],
    [`'/opt/my tools/bench' "a \\"b\\"" c\\ d ''`, ['/opt/my tools/bench', 'a "b"', 'c d', '']],
    ['  a\t b\n', ['a', 'b']],
    ['', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('a quote that is not closed is no command', () => {
    expect(wordsOf('bench "a b')).toBeNull();
  });
});

describe('a draft', () => {
  const request = (change: Partial<typeof emptyDraft>) =>
    requestOfDraft({ ...emptyDraft, ...change }, [workload, absent]);

  test('of a workload is a request of the contract', () => {
    const outcome = request({ workload: 'onnx-mlp', precision: 'f32', batch: '8', seconds: '2,5', label: ' after ' });
    expect(outcome).toEqual({
      request: {
        workload: 'onnx-mlp',
        runner: 'onnx',
        precision: 'f32',
        batch: 8,
        durationMs: 2500,
        repeat: 5,
        label: 'after',
        seed: 1,
      },
    });
    if (!('request' in outcome)) throw new Error('no request');
    expect(RunRequest.parse(outcome.request)).toEqual(outcome.request);
    expect(leastMs(outcome.request)).toBe(12_500);
  });

  test('of a model or a command of one’s own too', () => {
    expect(request({ workload: ownModel, path: '/m/a.onnx' })).toMatchObject({
      request: { workload: '/m/a.onnx', runner: 'onnx' },
    });
    const command = request({ workload: ownCommand, command: 'node b.mjs', repeat: '2' });
    expect(command).toMatchObject({
      request: { runner: 'command', repeat: 2, command: { argv: ['node', 'b.mjs'], format: 'auto' } },
    });
    if (!('request' in command)) throw new Error('no request');
    expect(RunRequest.safeParse(command.request).success).toBe(true);
    expect(leastMs(command.request)).toBeNull();
  });

  test.each([
    [{}, 'choose what to run'],
    [{ workload: 'gemm-f16' }, 'this machine cannot run it: no adapter'],
    [{ workload: ownModel }, 'type the path of the ONNX model'],
    [{ workload: ownCommand }, 'type the command that runs your benchmark'],
    [{ workload: ownCommand, command: "'" }, 'a quote in the command is not closed'],
    [{ workload: 'onnx-mlp', repeat: '0' }, 'repeat is a whole number from 1 to 1000'],
    [{ workload: 'onnx-mlp', repeat: '2.5' }, 'repeat is a whole number from 1 to 1000'],
    [{ workload: 'onnx-mlp', seconds: 'soon' }, 'seconds is a number above 0'],
    [{ workload: 'onnx-mlp', batch: '0' }, 'batch is a whole number from 1'],
  ])('%j says what is missing', (change, fault) => {
    expect(request(change)).toEqual({ fault });
  });
});
