import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accuracyProviders } from '../../../src/main/accuracy/checks/providers.ts';
import type { Scenario } from '../../../src/main/accuracy/samples/scenario.ts';
import {
  labelsMoved,
  mixMoved,
  nothingHappened,
  pipelineBreak,
  silentFailure,
  slowLabels,
} from '../../../src/main/accuracy/samples/scenarios.ts';
import { sized } from '../../../src/main/accuracy/samples/write-sample.ts';
import { series } from '../../../src/main/accuracy/series.ts';
import { timeline } from '../../../src/main/accuracy/timeline.ts';
import { chooseChecklist } from '../../../src/main/investigations/checklist-file.ts';
import { collectChecks } from '../../../src/main/investigations/collect.ts';
import { resourcesFolder } from '../../../src/main/platform/resources-folder.ts';
import { worstSegment } from '../../../src/shared/accuracy-words.ts';
import type { CheckStatus } from '../../../src/shared/model/checklist.ts';
import { compared, opened } from '../../fixtures/cases/analyse.ts';
import { resolve } from '../../fixtures/json-pointer.ts';
import { quietWork } from '../../fixtures/scratch.ts';

/** The automatic checks over one scenario, by item. */
const collected = async (scenario: Scenario) => {
  const dataset = await opened(scenario, 1);
  const comparison = await compared(dataset);
  const { from, to } = comparison.windows.reference;
  const request = { dataset: dataset.id, reference: { from, to }, chunk: '1w', seed: 1 };
  const worst = worstSegment(comparison);
  const documents = {
    comparison,
    timeline: await timeline(dataset),
    series: await series(dataset, request, quietWork),
    segmentSeries: worst ? await series(dataset, { ...request, within: worst.segment }, quietWork) : null,
  };
  const folders = { builtIn: join(resourcesFolder(), 'checklists'), workspace: 'nowhere' };
  const { checklist } = await chooseChecklist('accuracy', folders, accuracyProviders);
  const checks = collectChecks(checklist, accuracyProviders, documents, {
    comparison: 'comparison',
    timeline: 'timeline',
    series: 'series',
    segmentSeries: worst ? 'segmentSeries' : null,
  });
  for (const { artifact, pointer } of checks.flatMap(({ evidence }) => evidence)) {
    const found = resolve(documents[artifact as keyof typeof documents], pointer);
    expect([artifact, pointer, found]).not.toEqual([artifact, pointer, undefined]);
  }
  return checks;
};

type Expected = Record<string, CheckStatus>;

const cases: [string, Scenario, Expected][] = [
  [
    'a silent failure in one corner',
    silentFailure(2000),
    {
      'right-files': 'PASSED',
      'label-change': 'PASSED',
      'is-it-real': 'FAILED',
      'data-quality': 'PASSED',
      where: 'FAILED',
      'since-when': 'FAILED',
      versions: 'PASSED',
      mix: 'PASSED',
      relation: 'FAILED',
    },
  ],
  [
    'only the mix moved',
    sized(mixMoved, 1000),
    {
      'is-it-real': 'FAILED',
      'data-quality': 'PASSED',
      where: 'PASSED',
      mix: 'FAILED',
      relation: 'PASSED',
      outcomes: 'PASSED',
    },
  ],
  ['only the outcomes moved', sized(labelsMoved, 1000), { outcomes: 'FAILED', mix: 'PASSED', relation: 'PASSED' }],
  [
    'a feature went missing',
    sized(pipelineBreak, 1000),
    { 'data-quality': 'FAILED', mix: 'PASSED', relation: 'WARNED' },
  ],
];

describe('the automatic checks of a sample', () => {
  it.each(cases)('%s', async (_what, scenario, expected) => {
    const checks = await collected(scenario);
    const found = Object.fromEntries(checks.map(({ item, status }) => [item, status]));
    expect(found).toMatchObject(expected);
  });

  it.each<[string, Scenario]>([
    ['nothing happened', sized(nothingHappened, 1000)],
    ['errors are labelled first', sized(slowLabels, 1000)],
  ])('fail nothing when %s', async (_what, scenario) => {
    const checks = await collected(scenario);
    expect(checks.filter(({ status }) => status === 'FAILED')).toEqual([]);
  });
});
