import { describe, expect, it } from 'vitest';
import { foldStream } from '../../../../src/main/throughput/runner-stream.ts';
import { captureText } from './adapters/capture.ts';

const sample = (start: number, more = '') => `{"type":"sample","start_ns":${start},"duration_ns":10,"items":2${more}}`;
const ready = '{"type":"ready","runner":"mine","executor":{"name":"CPU","kind":"cpu"}}';

describe('a stream', () => {
  it('gives every sample its phase', () => {
    const stream = foldStream([
      ready,
      '{"type":"phase","name":"warmup"}',
      sample(0),
      '{"type":"phase","name":"measure"}',
      sample(20),
      sample(40, ',"device_ns":9'),
      '{"type":"done"}',
    ]);
    expect(stream.samples.map(({ phase, startNs, deviceNs }) => [phase, startNs, deviceNs])).toEqual([
      ['warmup', 0, null],
      ['measure', 20, null],
      ['measure', 40, 9],
    ]);
    expect(stream.phases).toEqual([
      { name: 'warmup', from: 0, to: 10 },
      { name: 'measure', from: 20, to: 50 },
    ]);
    expect(stream.invalidReasons).toEqual([]);
  });

  it('without phases measures from the first sample', () => {
    expect(foldStream([ready, sample(0), '{"type":"done"}']).samples[0]!.phase).toBe('measure');
  });

  it('that breaks off, fails or prints garbage keeps its samples and the reason', () => {
    expect(foldStream([sample(0)])).toMatchObject({
      samples: [{ startNs: 0 }],
      invalidReasons: ['the stream ends without done: the runner died or was cut off'],
    });
    expect(foldStream([sample(0), '{"type":"error","code":"device-lost"}']).invalidReasons).toEqual(['device-lost']);
    expect(foldStream([sample(0), 'Segmentation fault', '{"type":"done"}']).invalidReasons).toEqual([
      'garbage in the stream, 1 of its lines, first not JSON: Segmentation fault',
    ]);
    expect(foldStream([ready, '{"type":"done"}']).invalidReasons).toEqual(['no sample was measured']);
    expect(foldStream(captureText('protocol/out-of-memory.jsonl').split('\n')).invalidReasons).toEqual([
      'out-of-memory: no room for 2 GiB',
    ]);
  });

  it('keeps a missing reading as a reason', () => {
    const stream = foldStream([
      '{"type":"reading","t_ns":5,"name":"power_w","value":null}',
      sample(0),
      '{"type":"done"}',
    ]);
    expect(stream.readings).toEqual([{ tNs: 5, name: 'power_w', value: null, reason: 'the runner gave no value' }]);
  });
});
