import { expect, it } from 'vitest';
import { atHalfPace, systemClock } from '../../../../src/main/platform/clock.ts';

it('half pace: what was worked out comes after a rest as long as the work, a failure at once', async () => {
  const begun = performance.now();
  const answer = await atHalfPace(async () => {
    await systemClock.sleep(40);
    return 'done';
  });
  expect(answer).toBe('done');
  // Timers may fire a millisecond early.
  expect(performance.now() - begun).toBeGreaterThan(76);
  await expect(atHalfPace(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
