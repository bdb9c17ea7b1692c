import { describe, expect, it } from 'vitest';
import {
  type WaterfallData,
  waterfallSteps,
  waterfallText,
} from '../../../../src/shared/charts/decomposition-waterfall.ts';
import { lightPalette } from '../../../../src/shared/charts/palette.ts';
import { reliabilityChart, reliabilitySteps } from '../../../../src/shared/charts/reliability.ts';
import { driftCaption, scoreDistributionChart } from '../../../../src/shared/charts/score-distribution.ts';
import { comparisonExample } from '../../../fixtures/comparison-example.ts';
import { around } from '../../../fixtures/estimate-example.ts';
import { svgOf, textsIn } from './svg.ts';

const { explanation, reliability, scoreDistribution, predictionDrift } = comparisonExample;

describe('the waterfall', () => {
  const data: WaterfallData = {
    reference: around(0.94, 0.01, 1000, 'wilson@1'),
    current: around(0.71, 0.01, 1000, 'wilson@1'),
    split: {
      ...explanation.partitions[0]!,
      mix: around(-0.03, 0.01, 1, 'k@1'),
      relation: around(-0.2, 0.02, 1, 'k@1'),
      unseen: around(0, 0, 1, 'k@1'),
    },
    partitions: explanation.partitions,
    higherIsBetter: true,
    unit: 'share',
  };

  it('steps from the reference value to the current one', () => {
    const drawn = waterfallSteps(data)!;
    expect(drawn.levels).toBe(true);
    expect(drawn.steps.map(({ from, to }) => [from, to].map((value) => Number(value.toFixed(6))))).toEqual([
      [0.94, 0.91],
      [0.91, 0.71],
      [0.71, 0.71],
    ]);
  });

  it('takes the range of a term over admissible partitions only', () => {
    const [mix] = waterfallSteps(data)!.steps;
    expect(mix?.range).toEqual([-0.0061, 0.0009]);
    const refused = explanation.partitions.filter(({ admissible }) => !admissible);
    expect(waterfallSteps({ ...data, partitions: refused })!.steps[0]?.range).toBeNull();
  });

  it('draws parts of a change where they do not add up to the metric', () => {
    const other = waterfallSteps({ ...data, current: around(0.85, 0.01, 1000, 'f1@1') })!;
    expect(other).toMatchObject({ levels: false, start: 0 });
  });

  it('is said in one line', () => {
    expect(waterfallText(data).replaceAll('\u202f', ' ')).toBe(
      'From 94.0 % to 71.0 % by customer_tier, mix −3.0 pp [−4.0, −2.0] pp, relation −20.0 pp [−22.0, −18.0] pp, unseen 0.0 pp [0.0, 0.0] pp',
    );
  });
});

describe('the score distribution', () => {
  it('prints the distance against its threshold', () => {
    const texts = textsIn(
      svgOf(scoreDistributionChart({ distribution: scoreDistribution, drift: predictionDrift }, lightPalette)),
    );
    expect(texts.join(' ')).toContain('W1 0.0004100, below its threshold of 0.001380');
    expect(driftCaption({ distribution: scoreDistribution, drift: { ...predictionDrift, exceeds: true } })).toContain(
      'above its threshold',
    );
    expect(
      driftCaption({
        distribution: scoreDistribution,
        drift: { ...predictionDrift, distance: null, reason: 'no score' },
      }),
    ).toMatch(/^distance unknown: no score/);
  });
});

describe('the reliability curve', () => {
  it('names both windows beside their last trusted bin, and none where every bin is thin', () => {
    const texts = (minCell: number) =>
      textsIn(svgOf(reliabilityChart({ reliability, minCell }, lightPalette), 600, 320));
    expect(texts(100)).toEqual(expect.arrayContaining(['reference', 'current', 'rows per bin']));
    expect(texts(1e9)).not.toContain('current');
  });

  it('reads a bin aloud', () => {
    const [first] = reliabilitySteps({ reliability, minCell: 100 });
    expect(first?.text).toMatch(
      /^score 0\.15 … 0\.20, reference: promised .*not enough data, current: no labelled rows$/,
    );
  });
});
