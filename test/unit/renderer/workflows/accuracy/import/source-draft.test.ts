import { describe, expect, test } from 'vitest';
import {
  columnUse,
  draftOf,
  gapsOf,
  rolesOf,
  specOf,
  withUse,
} from '../../../../../../src/renderer/workflows/accuracy/import/source-draft.ts';
import { DatasetFile, type SourceColumn, type SourceProposal } from '../../../../../../src/shared/model/dataset.ts';

const column = (name: string, kind: SourceColumn['kind'] = 'text'): SourceColumn => ({
  name,
  type: kind,
  kind,
  samples: [],
  nullShare: 0,
  distinct: 2,
});

const proposal = DatasetFile.parse({
  name: 'fraud',
  task: 'binary',
  timezone: 'Europe/Berlin',
  predictions: { path: 'predictions', id: 'id', time: 'at', value: 'said', score: 'p', scoreOf: 'positive' },
  labels: { path: 'labels', id: 'id', value: 'true' },
  positiveClass: 1,
  segments: ['country'],
});

const source = (part: Partial<SourceProposal> = {}): SourceProposal => ({
  folder: '/data/fraud',
  existing: null,
  tables: [
    {
      path: 'predictions',
      files: 1,
      rows: 10,
      bytes: 10,
      columns: [
        column('id', 'integer'),
        column('at', 'time'),
        column('said', 'integer'),
        column('p', 'number'),
        column('country'),
        column('amount', 'number'),
        column('note'),
      ],
    },
    { path: 'labels', files: 1, rows: 9, bytes: 9, columns: [column('id', 'integer'), column('true', 'integer')] },
  ],
  proposal,
  remarks: [],
  ...part,
});

const names = ['id', 'at', 'said', 'p', 'country', 'amount', 'note'];

describe('a draft', () => {
  test('that nobody changed is the guess itself', () => {
    expect(specOf(draftOf(source()), source())).toEqual(proposal);
    expect(gapsOf(draftOf(source()), source())).toEqual([]);
  });

  test('of a folder without a guess names every gap and is a valid file once they are filled', () => {
    const empty = source({ proposal: null });
    const draft = draftOf(empty);
    expect(draft.name).toBe('fraud');
    expect(gapsOf(draft, empty)).toHaveLength(6);
    const filled = { ...draft, predictions: { ...draft.predictions, id: 'id', time: 'at', value: 'said' } };
    const labelled = { ...filled, labels: { ...filled.labels, id: 'id', value: 'true' }, positiveClass: '1' };
    expect(gapsOf(labelled, empty)).toEqual([]);
    expect(DatasetFile.parse(specOf(labelled, empty)).positiveClass).toBe(1);
  });

  test('keeps a class as text when its column is text', () => {
    const texts = source();
    const predictions = texts.tables[0];
    if (predictions) predictions.columns = predictions.columns.map(({ name }) => column(name, 'text'));
    expect(specOf({ ...draftOf(texts), positiveClass: '1' }, texts).positiveClass).toBe('1');
  });

  test('drops what belongs to a role that was taken back', () => {
    const draft = draftOf(source());
    const spec = specOf({ ...draft, task: 'multiclass', predictions: { ...draft.predictions, score: '' } }, source());
    expect(spec.positiveClass).toBeUndefined();
    expect(spec.predictions.scoreOf).toBeUndefined();
  });

  test('says when regression meets text', () => {
    const texts = source();
    const predictions = texts.tables[0];
    if (predictions) predictions.columns = predictions.columns.map(({ name }) => column(name, 'text'));
    expect(gapsOf({ ...draftOf(texts), task: 'regression' }, texts)).toEqual([
      'Regression needs numbers, and said holds text.',
    ]);
  });
});

describe('uses of columns', () => {
  test('every column without a role is a feature until said otherwise', () => {
    const draft = draftOf(source());
    expect(columnUse(draft, 'country')).toBe('segment');
    expect(columnUse(draft, 'amount')).toBe('feature');
    expect(specOf(draft, source()).features).toBeUndefined();
  });

  test('ignoring one writes the list out, taking it back removes the list', () => {
    const ignored = withUse(draftOf(source()), names, 'note', 'ignored');
    expect(ignored.features).toEqual(['amount']);
    expect(columnUse(ignored, 'note')).toBe('ignored');
    expect(withUse(ignored, names, 'note', 'feature').features).toBeNull();
  });

  test('a segment is appended and can be given back', () => {
    const more = withUse(draftOf(source()), names, 'note', 'segment');
    expect(more.segments).toEqual(['country', 'note']);
    expect(withUse(more, names, 'country', 'feature').segments).toEqual(['note']);
  });

  test('a column can have several roles, and all are named', () => {
    const draft = draftOf(source());
    const roles = rolesOf({ ...draft, predictions: { ...draft.predictions, modelVersion: 'id' } });
    expect(roles.get('id')).toBe('id, model version');
    expect(roles.has('true')).toBe(false);
  });
});
