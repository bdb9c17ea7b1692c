import { describe, expect, it } from 'vitest';
import { deviceTime, discardedReason } from '../../../../src/runner/webgpu/device-time.ts';

describe('the time of the device', () => {
  it('is believed when it covers what the host measured', () => {
    expect(deviceTime(1000n, 95_001_000n, 100e6)).toEqual({ ns: 95e6 });
    expect(deviceTime(2n ** 60n, 2n ** 60n + 100_000_000n, 100e6)).toEqual({ ns: 100e6 });
  });

  it.each<[bigint, bigint, string]>([
    [5n, 5n, 'zero'],
    [10n, 5n, 'negative'],
    [0n, 65_536n * 1450n, 'a multiple of 65536 ns'],
    [0n, 100_000_001n, 'longer than the host measured'],
    [0n, 89_999_999n, 'less than 0.9 of what the host measured'],
  ])('is discarded from %s to %s', (begin, end, reason) => {
    expect(deviceTime(begin, end, 100e6)).toEqual({ discarded: reason });
  });

  it('says how often it was left out, and why', () => {
    const discarded = new Map([
      ['zero', 2],
      ['negative', 1],
    ]);
    expect(discardedReason(discarded, 10)).toBe('device time left out of 3 of 10 batches: zero 2, negative 1');
  });
});
