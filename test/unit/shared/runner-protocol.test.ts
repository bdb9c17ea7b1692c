import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRunnerLine } from '../../../src/shared/runner-protocol.ts';

describe('a line of a runner', () => {
  it('is read, unknown keys left aside', () => {
    expect(readRunnerLine('{"type":"sample","start_ns":1,"duration_ns":2,"items":32,"note":"x"}')).toEqual({
      line: { type: 'sample', start_ns: 1, duration_ns: 2, items: 32 },
    });
    expect(readRunnerLine('{"type":"error","code":"out-of-memory"}')).toEqual({
      line: { type: 'error', code: 'out-of-memory', message: '' },
    });
  });

  it.each([
    ['CUDA out of memory', 'not JSON: CUDA out of memory'],
    ['{"type":"sample","start_ns":1,"duration_ns":0}', /duration_ns/],
    ['{"type":"sample","start_ns":1,"duration_ns":1e999}', /duration_ns/],
    ['{"type":"phase","name":"nap"}', /name/],
    ['{"type":"hello"}', /^not a line of the runner protocol/],
    ['[]', /^not a line of the runner protocol/],
  ])('%s is garbage with a reason', (text, reason) => {
    const result = readRunnerLine(text);
    expect('garbage' in result && result.garbage).toMatch(reason);
  });

  it('never throws', () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.constant(`{"type":"run","workload":${'['.repeat(50_000)}`));
    fc.assert(
      fc.property(texts, (text) => {
        const result = readRunnerLine(text);
        expect('line' in result || result.garbage.length > 0).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
