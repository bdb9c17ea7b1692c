import { afterEach, beforeEach, expect, test } from 'vitest';
import { goodLabels, goodPredictions, goodZoo, type Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
beforeEach(async () => {
  zoo = await goodZoo();
});
afterEach(() => zoo.remove());

const predictions = async (changes: Record<string, string>) => {
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 48, changes));
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, changes));
};
const labels = (label: string) => zoo.parquet('labels/a.parquet', goodLabels(0, 72, { label }));
const notes = async () => (await zoo.import()).ledger.notes.map(({ text }) => text);
const classes = async () => {
  const dataset = await zoo.open();
  await dataset.close();
  return dataset.classes;
};

test('scores that are no probabilities are counted by kind and left out', async () => {
  await predictions({ score: "[NULL, 'NaN'::DOUBLE, 'Infinity'::DOUBLE, 1.5, -0.1, 0.5, 0.25, 0.75][i % 8 + 1]" });
  const { ledger } = await zoo.import();
  expect(ledger.badScores).toEqual({ null: 12, nan: 12, infinite: 12, outOfRange: 24 });
  expect(ledger.joined).toBe(72);
  expect(ledger.examples.badScores?.slice(0, 3)).toEqual(['p00000', 'p00001', 'p00002']);
  expect(await notes()).toEqual([
    '60 values of score column score are no probability (12 null, 12 NaN, 12 infinite, 24 outside 0..1) and were left out of metrics that need scores',
  ]);
  expect((await zoo.rows()).slice(0, 8).map(({ score }) => score)).toEqual([
    null,
    null,
    null,
    null,
    null,
    0.5,
    0.25,
    0.75,
  ]);
});

test('scores in percent', async () => {
  await predictions({ score: 'i::DOUBLE' });
  expect(await zoo.fault()).toBe(
    'score column score looks like percent (94 of 96 values lie between 1 and 100), divide by 100, first: predictions/a.parquet',
  );
});

test('scores as text', async () => {
  await predictions({ score: "'0.5'" });
  expect(await zoo.fault()).toBe(
    'score column score is text, expected a probability between 0 and 1 as a number: VARCHAR',
  );
});

test('no score at all goes on without', async () => {
  await predictions({ score: 'CAST(NULL AS DOUBLE)' });
  expect(await notes()).toEqual([
    'no value of score column score is a probability, metrics that need scores are undefined',
  ]);
});

test('scores of the predicted class become those of the positive class', async () => {
  zoo.yaml({ 'predictions.scoreOf': 'predicted' });
  const rows = await zoo.rows();
  expect(rows[3]).toMatchObject({ predicted: '1', score: 0.3 });
  expect(rows[2]).toMatchObject({ predicted: '0', score: 0.8 });
});

test('scores of one class cannot serve a multiclass task', async () => {
  zoo.yaml({ task: 'multiclass', 'predictions.scoreOf': 'positive' });
  expect(await zoo.fault()).toBe(
    'scoreOf: positive is for binary tasks, a multiclass score is of the predicted class: predicted',
  );
});

test.each([
  ['text and integers', 'CAST(i % 2 AS VARCHAR)', 'i % 2'],
  ['doubles and integers', '(i % 2)::DOUBLE', 'i % 2'],
  ['doubles and text', '(i % 2)::DOUBLE', 'CAST(i % 2 AS VARCHAR)'],
  ['text with and without decimals', "CAST(i % 2 AS VARCHAR) || '.0'", "'+' || CAST(i % 2 AS VARCHAR)"],
])('classes are compared by meaning: %s', async (_, predicted, label) => {
  await predictions({ predicted });
  await labels(label);
  expect(await notes()).toEqual([]);
  expect(await classes()).toEqual(['0', '1']);
  expect((await zoo.rows())[1]).toMatchObject({ predicted: '1', label: '1' });
});

test.each([
  ['integers', 'i % 2', '0 and 1', ['0', '1']],
  ['words', "['False', 'True'][i % 2 + 1]", 'the words true and false', ['false', 'true']],
])('booleans against %s', async (_, predicted, words, expected) => {
  await predictions({ predicted });
  await labels('i % 2 = 1');
  expect(await notes()).toEqual([`label holds booleans and predicted holds ${words}, read as the same classes`]);
  expect(await classes()).toEqual(expected);
});

test('missing classes that arrive as NaN', async () => {
  await labels("if(i < 4, 'NaN'::DOUBLE, i % 2)");
  const { ledger } = await zoo.import();
  expect(ledger.matchedLabels).toBe(68);
  expect(await notes()).toEqual(['4 labels have no value in column label, the predictions count as never labelled']);
});

test('spellings of one class are kept apart and named', async () => {
  zoo.yaml({ task: 'multiclass', 'predictions.scoreOf': 'predicted' });
  await predictions({ predicted: "['Travel', 'Food'][i % 2 + 1]" });
  await labels("if(i < 6, 'travel ', ['Travel', 'Food'][i % 2 + 1])");
  expect(await notes()).toEqual([
    'classes differ only in case or spaces and were kept apart: "Travel" (81 rows), "travel " (6 rows)',
  ]);
  expect(await classes()).toEqual(['Food', 'Travel', 'travel ']);
});

test('labels and predictions without a common class', async () => {
  zoo.yaml({ task: 'multiclass', 'predictions.scoreOf': 'predicted' });
  await predictions({ predicted: "['TRAVEL', 'FOOD'][i % 2 + 1]" });
  await labels("['travel', 'food'][i % 2 + 1]");
  expect(await zoo.fault()).toBe(
    'labels and predictions share no class, labels hold "food", "travel" and predictions hold "FOOD", "TRAVEL"',
  );
});

test('a binary task with three classes', async () => {
  await labels('i % 3');
  expect(await zoo.fault()).toBe(
    'a binary task has two classes, the data hold 3, make it a multiclass task or correct the values: "0", "1", "2"',
  );
  await labels("if(i < 6, ' 1', CAST(i % 2 AS VARCHAR))");
  expect(await zoo.fault()).toBe(
    'a binary task has two classes, the data hold 3, which differ only in case or spaces, write each class one way: " 1", "0", "1"',
  );
});

test('which class is positive', async () => {
  await predictions({ predicted: "['good', 'fraud'][i % 2 + 1]" });
  await labels("['good', 'fraud'][i % 2 + 1]");
  expect(await zoo.fault()).toBe('positiveClass is needed to tell the two classes apart: "fraud", "good"');
  zoo.yaml({ positiveClass: 'fraud' });
  expect(await classes()).toEqual(['good', 'fraud']);
  zoo.yaml({ positiveClass: 'Fraud' });
  expect(await zoo.fault()).toBe('positiveClass is not among the classes "fraud", "good": Fraud');
  await predictions({ predicted: "['NO', 'Yes'][i % 2 + 1]" });
  await labels("['NO', 'Yes'][i % 2 + 1]");
  zoo.yaml();
  expect(await classes()).toEqual(['NO', 'Yes']);
});

test('labels of a single class', async () => {
  await labels('0');
  expect(await notes()).toEqual(['labels hold a single class, so ranking metrics are undefined: 0']);
  expect(await classes()).toEqual(['0', '1']);
});

test('values that are all null', async () => {
  await labels('CAST(NULL AS INTEGER)');
  expect(await zoo.fault()).toBe('value column of labels holds only nulls, name the column with the class: label');
});

test('missing predicted values enter no metric', async () => {
  await predictions({ predicted: 'if(i < 3, NULL, i % 2)' });
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({ matchedLabels: 72, joined: 69 });
  expect(await notes()).toEqual(['3 predictions have no value in column predicted and enter no metric']);
});

test('regression: numbers whose squares are none', async () => {
  zoo.yaml({ task: 'regression', 'predictions.score': undefined, 'predictions.scoreOf': undefined });
  await predictions({ predicted: 'if(i < 3, -1e300, i + 0.5)' });
  await labels('if(i = 10, 1.7e308, i)');
  expect((await zoo.import()).ledger.joined).toBe(68);
  expect(await notes()).toEqual([
    '3 predictions have an infinite value, or one beyond 1e100, in column predicted and enter no metric',
    '1 label has no finite value up to 1e100 in column label, the prediction counts as never labelled',
  ]);
});

test('regression: numbers that are none', async () => {
  zoo.yaml({ task: 'regression', 'predictions.score': undefined, 'predictions.scoreOf': undefined });
  await predictions({
    predicted: "[i::DOUBLE, 'NaN'::DOUBLE, '-Infinity'::DOUBLE, NULL][least(i, 3 - i % 2) + 1]".replace(
      'least(i, 3 - i % 2)',
      'if(i < 4, i, 0)',
    ),
  });
  await labels("if(i = 10, 'NaN'::DOUBLE, if(i = 11, NULL, i + 0.5))");
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({
    matchedLabels: 70,
    joined: 67,
    badScores: { null: 0, nan: 0, infinite: 0, outOfRange: 0 },
  });
  expect(await notes()).toEqual([
    '1 prediction has an infinite value, or one beyond 1e100, in column predicted and enters no metric',
    '2 predictions have no value in column predicted and enter no metric',
    '2 labels have no finite value up to 1e100 in column label, the predictions count as never labelled',
  ]);
  expect((await zoo.rows()).slice(0, 6).map(({ predicted, label }) => [predicted, label])).toEqual([
    [0, 0.5],
    [null, 1.5],
    [null, 2.5],
    [null, 3.5],
    [4, 4.5],
    [5, 5.5],
  ]);
  await labels("'high'");
  expect(await zoo.fault()).toBe('value column label of labels is text, expected a number: VARCHAR');
});

test('features that are no numbers are null, and their share is kept', async () => {
  await predictions({ amount: "[1.5, NULL, 'NaN'::DOUBLE, 'Infinity'::DOUBLE][i % 4 + 1]" });
  expect((await zoo.rows()).slice(0, 4).map(({ f0 }) => f0)).toEqual([1.5, null, null, null]);
});

test('a binary score of which nobody said what it is the probability of', async () => {
  zoo.yaml({ 'predictions.scoreOf': undefined });
  expect(await notes()).toEqual([]);
  await predictions({ score: '0.6 + (i % 4) / 10.0::DOUBLE' });
  expect(await notes()).toEqual([
    'score was read as the probability of the positive class but is at least 0.6 in all 48 negative predictions, set scoreOf: predicted if it is that of the predicted class',
  ]);
});

test('a column named twice', async () => {
  zoo.yaml({ segments: ['country', 'amount', 'country'] });
  expect(await zoo.fault()).toBe('segments name a column twice: country');
});
