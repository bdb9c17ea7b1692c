import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { accuracyProviders } from '../../../../../src/main/accuracy/checks/providers.ts';
import { paceReason } from '../../../../../src/main/accuracy/maturity/day-maturity.ts';
import { chooseChecklist } from '../../../../../src/main/investigations/checklist-file.ts';
import { collectChecks } from '../../../../../src/main/investigations/collect.ts';
import { resourcesFolder } from '../../../../../src/main/platform/resources-folder.ts';
import type { Checklist, CheckStatus } from '../../../../../src/shared/model/checklist.ts';
import type { AccuracyComparison } from '../../../../../src/shared/model/comparison.ts';
import type { Attachments, InvestigationDocuments } from '../../../../../src/shared/model/investigation.ts';
import { comparisonExample, proportion, unknown } from '../../../../fixtures/comparison-example.ts';
import { resolve } from '../../../../fixtures/json-pointer.ts';
import { seriesOf, timelineExample } from '../../../../fixtures/series-example.ts';

const attachments: Attachments = {
  comparison: 'comparison',
  timeline: 'timeline',
  series: 'series',
  segmentSeries: 'segmentSeries',
  statements: 'statements',
};

const example: InvestigationDocuments = {
  comparison: comparisonExample,
  timeline: timelineExample,
  series: seriesOf(),
  segmentSeries: seriesOf({ country: 'PT', merchant_category: 'travel' }),
};

const quiet: AccuracyComparison = {
  ...comparisonExample,
  verdict: 'no change',
  segments: comparisonExample.segments.map((line) => ({ ...line, verdict: 'no change' })),
  explanation: { ...comparisonExample.explanation, word: 'none', partitions: [], labelFirst: null },
  onset: null,
};

let checklist: Checklist;
beforeAll(async () => {
  const folders = { builtIn: join(resourcesFolder(), 'checklists'), workspace: 'nowhere' };
  ({ checklist } = await chooseChecklist('accuracy', folders, accuracyProviders));
});

const collect = (change: Partial<AccuracyComparison> = {}, rest: Partial<InvestigationDocuments> = {}) => {
  const documents = { ...example, ...rest, comparison: { ...example.comparison, ...change } };
  const attached = { ...attachments, segmentSeries: documents.segmentSeries ? 'segmentSeries' : null };
  return { documents, checks: collectChecks(checklist, accuracyProviders, documents, attached) };
};

const statusOf = (
  item: string,
  change: Partial<AccuracyComparison> = {},
  rest: Partial<InvestigationDocuments> = {},
) => {
  const check = collect(change, rest).checks.find((one) => one.item === item);
  return [check?.status, check?.rule || check?.reason];
};

describe('what is collected', () => {
  test('is one result per automatic item, none for a person', () => {
    const automatic = checklist.items.filter(({ evidence }) => evidence !== 'person').map(({ id }) => id);
    expect(collect().checks.map(({ item }) => item)).toEqual(automatic);
    expect(automatic).toHaveLength(13);
  });

  test.each<[string, Partial<AccuracyComparison>, Partial<InvestigationDocuments>]>([
    ['a regression', {}, {}],
    ['no change', quiet, { segmentSeries: null }],
    ['nothing inside', { segments: [], featureDrift: [], versionChanges: [], metrics: {} }, { segmentSeries: null }],
  ])('points at what is really there: %s', (_what, change, rest) => {
    const { documents, checks } = collect(change, rest);
    const references = checks.flatMap(({ evidence }) => evidence);
    expect(references.map(({ id }) => id)).toEqual(references.map((_, at) => `E${at + 1}`));
    for (const { artifact, pointer, text } of references) {
      const document = documents[artifact as keyof InvestigationDocuments];
      expect([text, resolve(document, pointer)]).not.toEqual([text, undefined]);
    }
  });

  test('names exactly the observations its provider announces, each with a text, unknown ones with a reason', () => {
    for (const change of [{}, quiet, { segments: [], featureDrift: [], metrics: {} }]) {
      const { documents } = collect(change);
      for (const provider of Object.values(accuracyProviders)) {
        const { observations, observed } = provider.collect(documents);
        expect(observations.map(({ name }) => name).sort()).toEqual(Object.keys(provider.observations).sort());
        expect(observed).not.toMatch(/undefined|NaN|null/);
        for (const { name, value, text, reason } of observations) {
          expect([name, text.length > 0]).toEqual([name, true]);
          if (value === null) expect([name, reason?.length ?? 0]).not.toEqual([name, 0]);
          else {
            const kinds = { number: 'number', text: 'string', flag: 'boolean' };
            expect([name, typeof value]).toEqual([name, kinds[provider.observations[name] as 'number']]);
          }
        }
      }
    }
  });

  test('is the same every time', () => {
    expect(JSON.stringify(collect().checks)).toBe(JSON.stringify(collect().checks));
  });

  test('never passes without evidence or on what nobody knows', () => {
    const blind = Object.fromEntries(
      Object.entries(accuracyProviders).map(([id, { observations }]) => [
        id,
        { observations, collect: () => ({ observed: 'nothing', observations: [], evidence: [] }) },
      ]),
    );
    for (const check of collectChecks(checklist, blind, example, attachments)) {
      expect([check.item, check.status]).toEqual([check.item, 'NOT DONE']);
      expect(check.reason).toBeTruthy();
    }
    for (const { item, status, evidence } of collect(quiet).checks) {
      if (status === 'PASSED') expect([item, evidence.length]).not.toEqual([item, 0]);
    }
  });
});

describe('the example of a silent failure', () => {
  test.each<[string, CheckStatus]>([
    ['labels-in', 'WARNED'],
    ['is-it-real', 'FAILED'],
    ['data-quality', 'PASSED'],
    ['where', 'FAILED'],
    ['since-when', 'FAILED'],
    ['versions', 'PASSED'],
    ['score-scale', 'PASSED'],
    ['mix', 'PASSED'],
    ['relation', 'FAILED'],
    ['outcomes', 'PASSED'],
  ])('%s %s', (item, status) => {
    expect(statusOf(item)[0]).toBe(status);
  });
});

test('a comparison without change fails nothing', () => {
  const { checks } = collect(quiet);
  expect(checks.filter(({ status }) => status === 'FAILED')).toEqual([]);
});

const windows = (change: Partial<AccuracyComparison['windows']['current']>): Partial<AccuracyComparison> => {
  const { reason: _reason, ...current } = comparisonExample.windows.current;
  return { windows: { ...comparisonExample.windows, current: { ...current, ...change } } };
};

const ledger = (change: Partial<AccuracyComparison['ledger']>): Partial<AccuracyComparison> => ({
  ledger: { ...comparisonExample.ledger, notes: [], conflictingDuplicates: 0, ...change },
});

const explained = (change: Partial<AccuracyComparison['explanation']>): Partial<AccuracyComparison> => ({
  explanation: { ...comparisonExample.explanation, ...change },
});

const metric = (name: string, verdict: 'regression' | 'no change', value = 0.1): AccuracyComparison['metrics'] => ({
  [name]: {
    reference: proportion(0.9, 1000),
    current: proportion(0.9, 1000),
    change: { ...proportion(0.5, 1000), value },
    verdict,
    higherIsBetter: true,
  },
});

const moved = { predictionDrift: { ...comparisonExample.predictionDrift, exceeds: true } };

const slower = paceReason({ ...comparisonExample.windows.current, labelled: 100, predictions: 1000 }, 0.5) ?? 'none';

describe('known answers', () => {
  test.each<[string, string, Partial<AccuracyComparison>, CheckStatus, RegExp]>([
    ['files that fit', 'right-files', ledger({}), 'PASSED', /^none holds/],
    [
      'labels without predictions',
      'right-files',
      ledger({ labelRows: 100, orphanLabels: 60 }),
      'FAILED',
      /matchRate < 0.5/,
    ],
    [
      'rows exported twice',
      'right-files',
      ledger({ predictionRows: 100, duplicatePredictions: 50 }),
      'FAILED',
      /duplicateShare/,
    ],
    ['rows without a key', 'right-files', ledger({ nullKeys: 1 }), 'WARNED', /nullKeys > 0/],
    ['no labels at all', 'right-files', ledger({ labelRows: 0, orphanLabels: 0 }), 'NOT DONE', /matchRate/],
    ['mature windows', 'labels-in', windows({ provisional: false, maturity: 0.99 }), 'PASSED', /^none holds/],
    ['young labels', 'labels-in', windows({ provisional: true, maturity: 0.8 }), 'WARNED', /provisional = true/],
    ['another pace', 'labels-in', windows({ reason: slower }), 'FAILED', /paceDiffers/],
    ['no current label', 'labels-in', windows({ labelled: 0 }), 'FAILED', /currentLabelled = 0/],
    [
      'labels without times',
      'labels-in',
      windows({ maturity: null, provisional: false, reason: 'no times' }),
      'NOT DONE',
      /paceDiffers/,
    ],
    [
      'labels revised often',
      'label-change',
      ledger({ matchedLabels: 100, conflictingLabels: 30 }),
      'FAILED',
      /revisionRate > 0.2/,
    ],
    ['outcomes moved alone', 'label-change', explained({ word: 'label' }), 'FAILED', /kind = label/],
    [
      'outcomes and predictions moved',
      'label-change',
      { ...explained({ word: 'label' }), ...moved },
      'PASSED',
      /^none holds/,
    ],
    ['an inconclusive verdict', 'is-it-real', { verdict: 'inconclusive' }, 'WARNED', /inconclusive/],
    ['an improvement', 'is-it-real', { verdict: 'improvement' }, 'PASSED', /^none holds/],
    ['a fault that coincides', 'data-quality', explained({ word: 'data-quality' }), 'FAILED', /kind = data-quality/],
    [
      'nothing tested',
      'where',
      { segments: [], segmentSearch: { examined: 3, tested: 0, familySize: 0, notEnoughData: 3 } },
      'WARNED',
      /tested = 0/,
    ],
    ['a fall without a day', 'since-when', { onset: null }, 'WARNED', /verdict = regression/],
    ['nothing began', 'since-when', { onset: null, verdict: 'no change' }, 'PASSED', /^none holds/],
    ['nobody can tell', 'since-when', { onset: null, verdict: 'inconclusive' }, 'NOT DONE', /onsetKnown/],
    [
      'a version on the day',
      'versions',
      { versionChanges: [{ column: 'v', from: 'a', to: 'b', at: comparisonExample.onset?.date ?? '' }] },
      'FAILED',
      /atOnset > 0/,
    ],
    ['versions and no day', 'versions', { onset: null }, 'WARNED', /onsetKnown = false/],
    ['no version changed', 'versions', { versionChanges: [], onset: null }, 'PASSED', /^none holds/],
    [
      'another scale',
      'score-scale',
      { ...moved, metrics: { ...metric('roc_auc', 'no change'), ...metric('ece', 'regression') } },
      'FAILED',
      /rankVerdict/,
    ],
    [
      'promises not kept',
      'score-scale',
      { metrics: metric('calibration_slope', 'regression') },
      'WARNED',
      /calibrationVerdict = regression/,
    ],
    [
      'moved scores, same order',
      'score-scale',
      { ...moved, metrics: { ...metric('roc_auc', 'no change'), ...metric('ece', 'no change') } },
      'WARNED',
      /rankKnown = true/,
    ],
    ['no scores', 'score-scale', { metrics: {} }, 'NOT DONE', /calibrationVerdict/],
    ['a change of mix', 'mix', explained({ word: 'mix' }), 'FAILED', /kind = mix/],
    ['an undetermined change', 'mix', explained({ word: 'undetermined' }), 'WARNED', /undetermined/],
    ['a change of mix', 'relation', explained({ word: 'mix' }), 'PASSED', /^none holds/],
    ['broken data', 'relation', explained({ word: 'data-quality' }), 'WARNED', /data-quality/],
    ['no partition', 'relation', explained({ word: 'label', partitions: [] }), 'WARNED', /partitions = 0/],
    ['other outcomes', 'outcomes', explained({ word: 'label' }), 'FAILED', /kind = label/],
    ['no split by the outcome', 'outcomes', explained({ labelFirst: null }), 'WARNED', /labelFirstKnown = false/],
    [
      'an inconclusive comparison',
      'mix',
      { ...explained({ word: 'none', partitions: [] }), verdict: 'inconclusive' },
      'NOT DONE',
      /kind = mix/,
    ],
  ])('%s: %s', (_what, item, change, status, rule) => {
    expect(statusOf(item, change)).toEqual([status, expect.stringMatching(rule)]);
  });

  test('a day with few rows and days without any are a warning', () => {
    const [first, ...others] = timelineExample.days.filter(({ day }) => day >= comparisonExample.windows.current.from);
    const thin = (day: string) => ({
      timeline: {
        ...timelineExample,
        days: timelineExample.days.map((one) => (one.day === day ? { ...one, predictions: 10 } : one)),
      },
    });
    expect(statusOf('right-files', ledger({}), thin(first?.day ?? ''))).toEqual([
      'WARNED',
      expect.stringMatching(/smallestDay/),
    ]);
    const gap = { ...timelineExample, days: timelineExample.days.filter(({ day }) => day !== others[0]?.day) };
    expect(statusOf('right-files', ledger({}), { timeline: gap })).toEqual([
      'WARNED',
      expect.stringMatching(/emptyDays/),
    ]);
  });

  test('without version columns a person has to say', () => {
    const rest = { timeline: { ...timelineExample, versionColumns: [] } };
    const check = collect({ versionChanges: [] }, rest).checks.find(({ item }) => item === 'versions');
    expect(check).toMatchObject({
      status: 'NOT DONE',
      reason: expect.stringMatching(/^no version column was exported/),
    });
  });

  test('a feature beyond its own history while answers got worse is a warning, alone it is none', () => {
    const drifting = (size: (analysis: boolean) => number) => ({
      series: {
        ...seriesOf(),
        chunks: seriesOf().chunks.map((chunk) => ({
          ...chunk,
          featureDrift: { amount: { ...comparisonExample.featureDrift[0]!, psi: size(chunk.period === 'analysis') } },
        })),
      },
      segmentSeries: null,
    });
    const amount = [{ ...comparisonExample.featureDrift[0]!, feature: 'amount' }];
    const later = drifting((analysis) => (analysis ? 0.3 : 0.1));
    expect(statusOf('stored-drift', { featureDrift: amount }, later)[0]).toBe('WARNED');
    expect(statusOf('stored-drift', { featureDrift: amount, verdict: 'no change' }, later)[0]).toBe('PASSED');
    expect(
      statusOf(
        'stored-drift',
        { featureDrift: amount },
        drifting(() => 0.3),
      )[0],
    ).toBe('PASSED');
  });

  test('a metric that could not be measured is named with its reason', () => {
    const none = unknown('no labelled rows', 'wilson@1');
    const accuracy = { ...comparisonExample.metrics.accuracy!, change: none, verdict: 'inconclusive' as const };
    const check = collect({ metrics: { accuracy }, verdict: 'inconclusive' }).checks.find(
      ({ item }) => item === 'is-it-real',
    );
    expect(check?.observations.find(({ name }) => name === 'change')?.reason).toBe('no labelled rows');
  });
});
