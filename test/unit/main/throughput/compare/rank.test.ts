import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/main/statistics/random.ts';
import type { StepId } from '../../../../../src/main/throughput/checklist-step.ts';
import type { CauseEvidence, EvidenceFamily } from '../../../../../src/main/throughput/compare/evidence.ts';
import { rankCauses } from '../../../../../src/main/throughput/compare/rank.ts';
import { compared } from '../../../../fixtures/compared-runs.ts';
import { stories, storyRuns } from '../../../../fixtures/run-stories.ts';

const piece = (step: StepId, family: EvidenceFamily, weight: number, id = `${family}.${step}`): CauseEvidence => ({
  ...{ step, family, weight, id },
  text: id,
});
const kinds = (evidence: CauseEvidence[], scale = 1) =>
  rankCauses(evidence, scale).map(({ kind, weight }) => [kind, weight]);

describe('the weight of a cause', () => {
  it('is the heaviest of a family, and families add up as independent witnesses', () => {
    expect(kinds([piece('host', 'telemetry', 0.5), piece('host', 'telemetry', 0.4, 'other')])).toEqual([['host', 0.5]]);
    expect(kinds([piece('host', 'telemetry', 0.5), piece('host', 'signature', 0.4)])).toEqual([['host', 0.7]]);
  });

  it('is scaled by how sure it is that there is anything, and at equal weight the earlier step goes first', () => {
    expect(kinds([piece('software', 'cycles', 0.5), piece('host', 'shape', 0.5)], 0.5)).toEqual([
      ['host', 0.25],
      ['software', 0.25],
    ]);
    expect(kinds([])).toEqual([]);
  });

  it('of a lower clock is halved where power, heat or a lock speak for themselves', () => {
    const clock = piece('clock-under-load', 'telemetry', 0.6);
    expect(kinds([clock, piece('power', 'telemetry', 0.3)])[0]).toEqual(['clock-under-load', 0.6]);
    expect(kinds([clock, piece('power', 'telemetry', 0.45)])).toEqual([
      ['power', 0.45],
      ['clock-under-load', 0.3],
    ]);
  });
});

describe('the ranking of every story', () => {
  it('does not hang on the second figure of a weight: each moved by up to a fifth, the first step stays in 95 of 100', () => {
    const random = createRandom(16);
    let right = 0;
    let all = 0;
    for (const story of Object.values(stories)) {
      const { baseline, candidate } = storyRuns(story);
      const evidence = compared(baseline, candidate).causes.flatMap(({ kind, evidence: pieces }) =>
        pieces.map(({ id, weight }) => piece(kind as StepId, id.split('.')[0] as EvidenceFamily, weight, id)),
      );
      for (let i = 0; i < 100; i++) {
        const moved = evidence.map((one) => ({
          ...one,
          weight: Math.min(0.99, one.weight * (0.8 + 0.4 * random.next())),
        }));
        all += 1;
        if (rankCauses(moved, 1)[0]?.kind === story.step) right += 1;
      }
    }
    expect(right / all).toBeGreaterThan(0.95);
  });
});
