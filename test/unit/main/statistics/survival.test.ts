import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../../src/main/statistics/distributions.ts';
import { createRandom } from '../../../../src/main/statistics/random.ts';
import { reverseKaplanMeier } from '../../../../src/main/statistics/survival.ts';

describe('arrival curve', () => {
  it('is the empirical distribution when nothing is truncated', () => {
    const latencies = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(latencies, (sample) => {
        const curve = reverseKaplanMeier(sample.map((latency) => ({ latency, truncation: 1000, count: 1 })));
        for (const x of [-1, 0, 7, 20.5, 50, 2000]) {
          const wanted = sample.filter((latency) => latency <= x).length / sample.length;
          expect(curve?.share(x)).toBeCloseTo(wanted, 12);
        }
        expect(curve?.quantile(1)).toBe(Math.max(...sample));
      }),
    );
  });

  it('recovers a lognormal delay that the youngest days hide', () => {
    const random = createRandom(21);
    const mu = Math.log(4);
    const sigma = Math.log(21 / 4) / 1.645;
    const days = 90;
    const observations = [];
    const naive: number[] = [];
    for (let day = 0; day < days; day++) {
      for (let row = 0; row < 400; row++) {
        const latency = Math.exp(mu + sigma * random.normal());
        const truncation = days - day;
        if (latency > truncation) continue;
        observations.push({ latency, truncation, count: 1 });
        naive.push(latency);
      }
    }
    const curve = reverseKaplanMeier(observations);
    const truth = (x: number) => normalCdf((Math.log(x) - mu) / sigma) / normalCdf((Math.log(days) - mu) / sigma);
    for (const x of [1, 2, 4, 10, 21, 40]) expect(Math.abs((curve?.share(x) as number) - truth(x))).toBeLessThan(0.01);
    const early = naive.filter((latency) => latency <= 21).length / naive.length;
    expect(early - truth(21)).toBeGreaterThan(0.01);
    expect(curve?.longest).toBe(days);
  });

  it('says how far it is identified and ignores what cannot be', () => {
    const curve = reverseKaplanMeier([
      { latency: 1, truncation: 3, count: 50 },
      { latency: 2, truncation: 5, count: 50 },
      { latency: 9, truncation: 4, count: 7 },
      { latency: -1, truncation: 4, count: 7 },
    ]);
    expect(curve).toMatchObject({ longest: 5, labels: 100, unstableBelow: null });
    expect(curve?.share(1)).toBeCloseTo(0.5, 12);
    expect(reverseKaplanMeier([])).toBeNull();
    const thin = reverseKaplanMeier([
      { latency: 1, truncation: 2, count: 50 },
      { latency: 4, truncation: 9, count: 3 },
    ]);
    // The late labels alone are at risk at 4: everything before it hangs on three rows.
    expect(thin?.unstableBelow).toBe(4);
    expect(thin?.share(2)).toBe(0);
  });
});
