import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/main/accuracy/samples/scenario.ts';
import {
  labelsMoved,
  lateDeliveries,
  missingVariable,
  mixMoved,
  pipelineBreak,
  relationMoved,
} from '../../../src/main/accuracy/samples/scenarios.ts';
import { sized } from '../../../src/main/accuracy/samples/write-sample.ts';
import { compared, opened } from '../../fixtures/cases/analyse.ts';
import { elsewhere } from '../../fixtures/cases/variants.ts';

const rowsPerDay = 1500;
const analysed = async (scenario: Scenario, seed: number) => compared(await opened(sized(scenario, rowsPerDay), seed));

const words: [string, string, Scenario][] = [
  ['mix', 'only the mix moved', mixMoved],
  ['mix', 'only the mix moved, two classes, UUID keys', elsewhere.mix],
  ['relation', 'only the relation moved', relationMoved],
  ['relation', 'only the relation moved, two classes, text keys', elsewhere.relation],
  ['label', 'only the outcomes moved', labelsMoved],
  ['label', 'only the outcomes moved, from 35 % to 55 %', elsewhere.label],
  ['data-quality', "a channel's feature went null", pipelineBreak],
  ['data-quality', "a channel's feature went null, two classes", elsewhere['data-quality']],
  ['undetermined', 'a variable nobody exports moved', missingVariable],
  ['undetermined', 'a variable nobody exports moved, two classes', elsewhere.undetermined],
];

describe('case 3: the kind of change', () => {
  it.each(words)('%s: %s', async (word, _, scenario) => {
    const result = await analysed(scenario, 4);
    expect(result.verdict).toBe('regression');
    expect(result.metrics.accuracy!.verdict).toBe('regression');
    expect(result.explanation.word, result.explanation.reason).toBe(word);
    const days = (Date.parse(result.onset!.date) - Date.parse('2026-05-01')) / 86_400_000;
    expect(Math.abs(days)).toBeLessThanOrEqual(3);
  });

  it('names the feature and the channel of a data-quality fault', async () => {
    const { explanation, alarms } = await analysed(pipelineBreak, 6);
    expect(explanation.faults).toEqual([
      expect.objectContaining({ feature: 'ocr_confidence', segment: { channel: 'partner' }, reference: 0, current: 1 }),
    ]);
    expect(alarms.filter((alarm) => alarm.kind === 'data-quality')).toEqual([
      expect.objectContaining({ feature: 'ocr_confidence', segment: { channel: 'partner' } }),
    ]);
  });

  it('splits a moved mix by the column that moved', async () => {
    const { explanation, metrics } = await analysed(mixMoved, 7);
    const tier = explanation.partitions.find((split) => split.columns.join() === 'customer_tier')!;
    expect(tier.mix.value! / metrics.accuracy!.change.value!).toBeGreaterThan(0.9);
    expect(Math.abs(tier.relation.value!)).toBeLessThan(0.006);
  });

  it('finds the corner and the kind for a quantity', async () => {
    const result = await analysed(lateDeliveries, 4);
    expect(result.verdict).toBe('regression');
    expect(result.segments[0]!.segment).toEqual({ city: 'Gdansk', vehicle: 'van' });
    expect(result.explanation.word).toBe('relation');
  });
});
