import { describe, expect, it } from 'vitest';
import { deliveriesUnchanged, nothingHappened } from '../../../src/main/accuracy/samples/scenarios.ts';
import { sized } from '../../../src/main/accuracy/samples/write-sample.ts';
import type { AccuracyComparison } from '../../../src/shared/model/comparison.ts';
import { compared, opened } from '../../fixtures/cases/analyse.ts';
import { nothingButBusyDays } from '../../fixtures/cases/variants.ts';

const told = (result: AccuracyComparison, seed: number) => ({
  seed,
  verdict: result.verdict,
  alarms: result.alarms.map((alarm) => alarm.text),
});
const silent = ({ verdict, alarms }: ReturnType<typeof told>) => verdict !== 'regression' && alarms.length === 0;

describe('case 2: nothing happened', () => {
  it('is silent for at least 19 of 20 seeds', { timeout: 600_000 }, async () => {
    const all = [];
    for (let seed = 1; seed <= 20; seed++) {
      all.push(told(await compared(await opened(sized(nothingHappened, 800), seed)), seed));
    }
    const loud = all.filter((one) => !silent(one));
    expect(loud.length, JSON.stringify(loud)).toBeLessThanOrEqual(1);
  });

  it.each([1, 2, 3])('is silent when the rows of a day hang together (seed %i)', async (seed) => {
    expect(told(await compared(await opened(nothingButBusyDays, seed)), seed)).toSatisfy(silent);
  });

  it.each([1, 2, 3])('is silent about a regression that did not get worse (seed %i)', async (seed) => {
    expect(told(await compared(await opened(sized(deliveriesUnchanged, 1000), seed)), seed)).toSatisfy(silent);
  });
});
