import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accuracyProviders } from '../../../../src/main/accuracy/checks/providers.ts';
import { chooseChecklist } from '../../../../src/main/investigations/checklist-file.ts';
import { storedChecklist } from '../../../../src/main/investigations/checklist-text.ts';
import { resourcesFolder } from '../../../../src/main/platform/resources-folder.ts';
import type { WorkbenchError } from '../../../../src/shared/errors.ts';
import { scratchFolder } from '../../../fixtures/scratch.ts';

const builtIn = join(resourcesFolder(), 'checklists');

const own = `
id: ours
version: 3
axis: accuracy
title: Ours
phases:
  - { id: contract, title: The contract with the customer }
symptoms:
  - { id: complaint, title: A customer complained }
items:
  - id: penalty
    phase: contract
    question: Is a penalty due?
    why: Below 90 % in a segment we pay.
    evidence: where
    expected: No segment fell.
    decide:
      - { when: fallen > 0, status: WARNED }
    remedy: Tell the account manager.
    source: Contract 17
    symptoms: [complaint, one-segment]
`;

/** The built-in checklist chosen over a workspace with these files. */
const chosenOver = (files: Record<string, string>) => {
  const workspace = join(scratchFolder(), 'checklists');
  mkdirSync(workspace);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text);
  return chooseChecklist('accuracy', { builtIn, workspace }, accuracyProviders);
};

const refusal = async (files: Record<string, string>): Promise<string> => {
  const error = await chosenOver(files).then(
    () => new Error('the checklist was accepted'),
    (thrown: WorkbenchError) => thrown,
  );
  expect(error).toMatchObject({ code: 'BAD_INPUT' });
  expect(error.message.split('\n')).toHaveLength(1);
  return error.message;
};

describe('the built-in accuracy checklist', () => {
  test('has every step in three phases of five to seven, killers first', async () => {
    const { checklist, origin } = await chosenOver({});
    expect(origin).toBe('built-in');
    expect(checklist.items.map(({ id }) => id)).toEqual([
      ...['right-files', 'labels-in', 'label-change', 'is-it-real', 'data-quality'],
      ...['where', 'since-when', 'versions', 'serving', 'score-scale'],
      ...['mix', 'stored-drift', 'relation', 'outcomes', 'selection', 'not-the-machine', 'close'],
    ]);
    for (const { id } of checklist.phases) {
      const items = checklist.items.filter(({ phase }) => phase === id);
      expect(items.length).toBeGreaterThanOrEqual(5);
      expect(items.length).toBeLessThanOrEqual(7);
      const killers = items.map(({ killer }) => killer);
      expect([...killers].sort((a, b) => Number(b) - Number(a))).toEqual(killers);
    }
  });

  test('has a use for every provider and a way in from every symptom', async () => {
    const { checklist } = await chosenOver({});
    const used = new Set(checklist.items.map(({ evidence }) => evidence));
    expect([...used].sort()).toEqual([...Object.keys(accuracyProviders), 'person'].sort());
    for (const { id } of checklist.symptoms) {
      expect(checklist.items.filter(({ symptoms }) => symptoms.includes(id)).length).toBeGreaterThan(0);
    }
  });

  test('is stored as the bytes of its file', async () => {
    const { text, checklist } = await chosenOver({});
    expect(text).toBe(readFileSync(join(builtIn, 'accuracy.yaml'), 'utf8'));
    expect(storedChecklist(text)).toEqual(checklist);
  });
});

describe('a checklist of the workspace', () => {
  test('with another id follows the built-in one with phases of its own', async () => {
    const plain = await chosenOver({});
    const { checklist, text, origin } = await chosenOver({ 'ours.yaml': own, 'notes.txt': 'not a checklist' });
    expect(origin).toBe('built-in + checklists/ours.yaml');
    expect(checklist.id).toBe('accuracy');
    expect(checklist.phases.map(({ id }) => id)).toEqual([...plain.checklist.phases.map(({ id }) => id), 'contract']);
    expect(checklist.items.map(({ id }) => id)).toEqual([...plain.checklist.items.map(({ id }) => id), 'penalty']);
    expect(checklist.symptoms.at(-1)?.id).toBe('complaint');
    expect(storedChecklist(text)).toEqual(checklist);
  });

  test('with the id of the built-in one takes its place', async () => {
    const file = own.replace('id: ours', 'id: accuracy').replace(', one-segment]', ']');
    const { checklist, text, origin } = await chosenOver({ 'a.yml': file });
    expect([origin, checklist.title, checklist.items.length]).toEqual(['checklists/a.yml', 'Ours', 1]);
    expect(text).toBe(file);
  });

  test('of another axis is left alone, also when it names what only that axis knows', async () => {
    const file = own.replace('axis: accuracy', 'axis: throughput').replace('evidence: where', 'evidence: clocks');
    expect((await chosenOver({ 'other.yaml': file })).origin).toBe('built-in');
  });

  test.each<[string, string | RegExp, string, RegExp]>([
    [
      'no YAML',
      'id: ours',
      'id: [ours',
      /^checklists\/ours\.yaml: not valid YAML, mend it where the parser stopped: .+/,
    ],
    ['a key twice', 'version: 3', 'version: 3\nversion: 4', /^checklists\/ours\.yaml: not valid YAML, .*unique/],
    [
      'a missing field',
      '    remedy: Tell the account manager.\n',
      '',
      /: item penalty, field remedy: missing, add it$/,
    ],
    [
      'a missing list',
      'phases:',
      'phasen:',
      /: field phases: missing, add it; .*: the file: not known here, remove: phasen$/,
    ],
    ['an unknown field', '    why:', '    wyh: x\n    why:', /: item penalty: not known here, remove: wyh$/],
    ['a field of another type', 'version: 3', 'version: new', /: field version: expected number, received string$/],
    ['an unknown status', 'status: WARNED', 'status: BAD', /: item penalty, field decide\.0\.status: .*PASSED/],
    [
      'an id that is none',
      'id: penalty',
      'id: Is it?',
      /: item Is it\?, field id: expected lower-case words joined by hyphens$/,
    ],
    [
      'an unknown provider',
      'evidence: where',
      'evidence: luck',
      /: item penalty, field evidence: unknown provider, use one of person, .*: luck$/,
    ],
    [
      'a provider that is only a word of the language',
      'evidence: where',
      'evidence: constructor',
      /unknown provider, .*: constructor$/,
    ],
    [
      'an unknown phase',
      'phase: contract',
      'phase: later',
      /: item penalty, field phase: unknown phase, use one of contract: later$/,
    ],
    [
      'an unknown symptom',
      '[complaint, one-segment]',
      '[noise]',
      /: item penalty, field symptoms: unknown symptom, .*: noise$/,
    ],
    [
      'a rule that cannot be read',
      'fallen > 0',
      'fallen above 0',
      /: item penalty, field decide\.0\.when: expected one of .* after fallen: above$/,
    ],
    [
      'a rule about nothing observed',
      'fallen > 0',
      'lost > 0',
      /: item penalty, field decide\.0\.when: unknown observation, known are .*: lost$/,
    ],
    ['a rule that can never hold', 'fallen > 0', 'fallen = many', /: fallen is compared with a number only: many$/],
    ['no rule', / {4}decide:\n.*\n/, '', /: item penalty, field decide: no rule, .*: where$/],
    [
      'rules for a person',
      'evidence: where',
      'evidence: person',
      /: item penalty, field decide: a person decides this item, remove the rules: 1$/,
    ],
    [
      'a phase without items',
      '  - { id: contract,',
      '  - { id: empty, title: E }\n  - { id: contract,',
      /: phase empty: has no items, .*: empty$/,
    ],
    [
      'an item id of the built-in one',
      'id: penalty',
      'id: where',
      /: item where, field id: already used by the checklist before it, choose another: where$/,
    ],
    [
      'a phase id of the built-in one',
      /contract(?=[,\n])/g,
      'what-kind',
      /: phase what-kind, field id: already used by/,
    ],
    ['nothing', /[\s\S]+/, '# later', /^checklists\/ours\.yaml: expected one checklist, found: 0$/],
    ['a list', /[\s\S]+/, '- id: ours', /^checklists\/ours\.yaml: the file: expected object, received array$/],
  ])('with %s is refused in one sentence', async (_what, find, replacement, sentence) => {
    const text = own.replace(find, replacement);
    expect(text).not.toBe(own);
    expect(await refusal({ 'ours.yaml': text })).toMatch(sentence);
  });

  test('names every fault at once, each as a sentence of its own', async () => {
    const text = own.replace('evidence: where', 'evidence: luck').replace('phase: contract', 'phase: later');
    const message = await refusal({ 'ours.yaml': text });
    expect(message.split('; ').every((sentence) => sentence.startsWith('checklists/ours.yaml: '))).toBe(true);
    expect(message).toMatch(/unknown provider.*: luck/);
    expect(message).toMatch(/unknown phase.*: later/);
  });

  test('cannot share its id with another file', async () => {
    expect(await refusal({ 'a.yaml': own, 'b.yaml': own })).toBe(
      'checklists/b.yaml: field id: already used by checklists/a.yaml, choose another: ours',
    );
  });

  test('that is a folder is refused', async () => {
    const workspace = scratchFolder();
    mkdirSync(join(workspace, 'deep.yaml'));
    await expect(chooseChecklist('accuracy', { builtIn, workspace }, accuracyProviders)).rejects.toThrow(
      'checklists/deep.yaml: expected a file, found a folder',
    );
  });
});
