import { describe, expect, test } from 'vitest';
import {
  conclusionFaults,
  conclusionFrom,
  draftOf,
  emptyDraft,
} from '../../../../../../src/renderer/workflows/accuracy/investigation/conclusion-draft.ts';
import { ruledOutByEvidence } from '../../../../../../src/renderer/workflows/accuracy/investigation/ruled-out-causes.ts';
import { Conclusion } from '../../../../../../src/shared/model/investigation.ts';
import { comparisonExample } from '../../../../../fixtures/comparison-example.ts';
import { investigationExample } from '../../../../../fixtures/investigation-example.ts';

const empty = emptyDraft(investigationExample, comparisonExample);

describe('what is filled in before a person writes', () => {
  test('first failure and impact come from the change point and the change, the cause from nobody', () => {
    expect(empty.cause).toBeNull();
    expect(empty.firstFailure).toBe(
      '2026-03-02 (between 2026-03-01 and 2026-03-04), where country = PT and merchant_category = travel',
    );
    expect(empty.impact).toMatch(
      /^Accuracy where country = PT and merchant_category = travel went from 94\.1.% to 71\.3.%/,
    );
    expect(empty.impact).toMatch(/no change$/);
  });

  test('causes the comparison set aside are ruled out with its words and the evidence ids', () => {
    const found = ruledOutByEvidence(investigationExample, comparisonExample);
    expect(found.mix).toMatch(/^No admissible partition/);
    expect(found['version-change']).toMatch(/precede the onset/);
    expect(found['late-labels']).toMatch(/like for like.*\(evidence E3\)$/);
    expect(found['wrong-files']).toMatch(/\(evidence E1-E2\)$/);
    expect(found['serving-change']).toBeUndefined();
  });

  test('what the checklist found is never ruled out', () => {
    const { checklist } = investigationExample;
    const lines = checklist.lines.map((line) => ({ ...line, status: 'FAILED' as const }));
    const failed = { ...investigationExample, checklist: { ...checklist, lines } };
    expect(ruledOutByEvidence(failed, comparisonExample)['wrong-files']).toBeUndefined();
    expect(ruledOutByEvidence(failed, comparisonExample)['late-labels']).toBeUndefined();
  });
});

describe('a conclusion', () => {
  test('is none while words are missing', () => {
    expect(conclusionFrom(empty)).toBeNull();
    expect(conclusionFaults(empty)[0]).toBe('Choose the cause.');
    const { conclusion } = investigationExample;
    const written = draftOf(conclusion!, empty);
    expect(conclusionFaults(written)).toEqual([]);
    expect(conclusionFaults({ ...written, confirmedBy: ' ' })).toEqual(['Say how it was confirmed.']);
    expect(conclusionFaults({ ...written, ruledOut: { ...written.ruledOut, mix: { on: true, because: '' } } })).toEqual(
      ['Say why each cause that is ruled out is ruled out.'],
    );
  });

  test('survives the way through the form', () => {
    const { at: _at, ...conclusion } = investigationExample.conclusion!;
    const back = conclusionFrom(draftOf(conclusion, empty));
    expect(Conclusion.parse(back)).toEqual({
      ...conclusion,
      ruledOut: conclusion.ruledOut.toSorted((a, b) => (a.cause < b.cause ? -1 : 1)),
    });
  });

  test('never rules out its own cause', () => {
    const draft = { ...draftOf(investigationExample.conclusion!, empty), cause: 'mix' as const };
    expect(conclusionFrom(draft)?.ruledOut.map(({ cause }) => cause)).toEqual(['version-change']);
  });
});
