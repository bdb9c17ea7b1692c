import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameStrength, plainName, shown, shownNumber } from '../../../../../src/main/accuracy/inspect/column-names.ts';

describe('plainName', () => {
  it.each([
    ['predictedClass', 'predicted_class'],
    ['Predicted Class', 'predicted_class'],
    ['predicted-class', 'predicted_class'],
    ['  __Y.true ', 'y_true'],
    ['größe', 'größe'],
  ])('%j is %j', (name, plain) => expect(plainName(name)).toBe(plain));
});

describe('nameStrength', () => {
  it.each([
    ['prediction_id', 'id'],
    ['requestId', 'id'],
    ['y_pred', 'predicted'],
    ['y_pred_proba', 'score'],
    ['confidence', 'score'],
    ['ground_truth', 'label'],
    ['labelled_at', 'labelTime'],
    ['predicted_at', 'time'],
    ['model_version', 'model'],
  ] as const)('%s says %s outright', (name, role) => expect(nameStrength(name, role)).toBe(1));

  it.each([
    ['amount', 'id'],
    ['country', 'time'],
    ['country', 'label'],
    ['country', 'score'],
  ] as const)('%s says nothing about %s', (name, role) => expect(nameStrength(name, role)).toBe(0));

  it('knows a probability from the class it belongs to', () => {
    expect(nameStrength('y_pred_proba', 'predicted')).toBeLessThan(nameStrength('y_pred', 'predicted'));
    expect(nameStrength('provider_model_version', 'model')).toBeLessThan(nameStrength('model_version', 'model'));
  });
});

describe('shown', () => {
  it('is one bounded line without invisible characters, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const text = shown(name);
        expect(text.length).toBeLessThanOrEqual(60);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('shownNumber', () => {
  it('keeps three digits', () =>
    expect([0.0000603341, 4353, 11.4449].map(shownNumber)).toEqual(['0.0000603', '4350', '11.4']));
});
