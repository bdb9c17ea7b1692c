import { describe, expect, it } from 'vitest';
import { unitChanged } from '../../../../../src/main/accuracy/explanation/faults.ts';
import { type WordInput, wordFor } from '../../../../../src/main/accuracy/explanation/word.ts';
import type { PartitionSplit } from '../../../../../src/shared/model/comparison.ts';

const term = (value: number, half: number) => ({
  value,
  low: value - half,
  high: value + half,
  level: 0.95,
  n: 1000,
  method: 'test',
});

const split = (columns: string[], mix: number, relation: number, admissible = true, half = 0.004): PartitionSplit => ({
  columns,
  mix: term(mix, half),
  relation: term(relation, half),
  unseen: term(0, 0),
  admissible,
});

const base: WordInput = {
  total: -0.04,
  delta: 0.01,
  coincidingFaults: [],
  partitions: [split(['a'], 0, -0.04), split(['b'], -0.001, -0.039)],
  labelFirst: split(['label'], 0, -0.04),
  driftExceeds: false,
  driftExplainedBy: null,
  leftOut: [],
};

describe('the word for a change', () => {
  it('is relation when every admissible partition keeps it and the predictions stood still', () => {
    expect(wordFor(base).word).toBe('relation');
  });

  it('is mix as soon as one partition accounts for the whole, the simplest one named', () => {
    const partitions = [...base.partitions, split(['tier', 'region'], -0.04, 0), split(['tier'], -0.039, -0.001)];
    const verdict = wordFor({ ...base, partitions });
    expect(verdict.word).toBe('mix');
    expect(verdict.reason).toContain('the shares of tier account');
  });

  it('does not take a partition that may not speak, nor one that leaves more than a third', () => {
    expect(wordFor({ ...base, partitions: [...base.partitions, split(['id'], -0.04, 0, false)] }).word).toBe(
      'relation',
    );
    expect(wordFor({ ...base, partitions: [...base.partitions, split(['c'], -0.025, -0.015)] }).word).toBe('relation');
  });

  it('takes an uncertain rest up to half of the drop, but only one that cannot be told from 0', () => {
    const rest = (relation: number, half: number) => ({
      ...split(['tier'], -0.04 - relation, relation),
      relation: term(relation, half),
    });
    const word = (one: PartitionSplit) => wordFor({ ...base, partitions: [...base.partitions, one] }).word;
    expect(word(rest(-0.005, 0.014))).toBe('mix');
    expect(word(rest(-0.005, 0.016))).toBe('undetermined');
    expect(word(rest(-0.012, 0.004))).toBe('relation');
  });

  it('is label only when the outcomes alone account for it', () => {
    expect(wordFor({ ...base, labelFirst: split(['label'], -0.04, 0) }).word).toBe('label');
    const partitions = [split(['tier'], -0.04, 0)];
    expect(wordFor({ ...base, partitions, labelFirst: split(['label'], -0.04, 0) }).word).toBe('mix');
  });

  it('is label when besides the outcomes only the answers account for it, and leave more of it', () => {
    const partitions = [...base.partitions, split(['predicted value'], -0.031, -0.009)];
    const labelFirst = split(['label'], -0.037, -0.003);
    expect(wordFor({ ...base, partitions, labelFirst }).word).toBe('label');
    expect(wordFor({ ...base, partitions, labelFirst: split(['label'], -0.028, -0.012) }).word).toBe('mix');
    const whole = [...base.partitions, split(['score'], -0.041, 0.001)];
    expect(wordFor({ ...base, partitions: whole, labelFirst: split(['label'], -0.04, 0) }).word).toBe('mix');
    const input = [...partitions, split(['tier'], -0.031, -0.009)];
    expect(wordFor({ ...base, partitions: input, labelFirst }).word).toBe('mix');
  });

  it('is undetermined when the predictions moved and nothing exported says why', () => {
    const verdict = wordFor({ ...base, driftExceeds: true });
    expect(verdict.word).toBe('undetermined');
    expect(verdict.reason).toContain('conditioning variable missing');
    expect(wordFor({ ...base, driftExceeds: true, driftExplainedBy: ['tier'] }).word).toBe('relation');
  });

  it('is undetermined when partitions disagree or none may speak', () => {
    expect(wordFor({ ...base, partitions: [...base.partitions, split(['c'], -0.02, 0, true, 0.03)] }).word).toBe(
      'undetermined',
    );
    expect(wordFor({ ...base, partitions: [split(['id'], 0, -0.04, false)] }).word).toBe('undetermined');
  });

  it('is data-quality before anything else', () => {
    const verdict = wordFor({ ...base, coincidingFaults: ['amount missing values in channel=partner'] });
    expect(verdict).toMatchObject({ word: 'data-quality' });
    expect(verdict.reason).toContain('channel=partner');
  });
});

describe('unit changes', () => {
  it('need the same large factor at three quantiles', () => {
    expect(unitChanged([1000, 998, 1003])).toBe(true);
    expect(unitChanged([0.01, 0.0101, 0.0099])).toBe(true);
    expect(unitChanged([1.8, 1.8, 1.8])).toBe(false);
    expect(unitChanged([100, 60, 100])).toBe(false);
    expect(unitChanged([Number.NaN, 100, 100])).toBe(false);
  });
});
