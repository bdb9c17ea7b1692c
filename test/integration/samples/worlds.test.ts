import { describe, expect, it } from 'vitest';
import { dayRows } from '../../../src/main/accuracy/samples/day-rows.ts';
import type { Scenario } from '../../../src/main/accuracy/samples/scenario.ts';
import {
  changeDay,
  labelsMoved,
  missingVariable,
  mixMoved,
  pipelineBreak,
  relationMoved,
  silentFailure,
} from '../../../src/main/accuracy/samples/scenarios.ts';
import { createWorld } from '../../../src/main/accuracy/samples/world.ts';
import { scratchDatabase, scratchFolder } from '../../fixtures/scratch.ts';

type Row = Record<string, number>;

/** All rows, labelled or not, before and after the change, without going through files. */
async function world(scenario: Scenario, columns: string, group = 'after'): Promise<Row[]> {
  const database = await scratchDatabase(scratchFolder());
  const rows = dayRows(createWorld(scenario, 2), 30, 60, 0);
  return database.rows<Row>(
    `SELECT day >= ${changeDay} AS after, ${columns} FROM (${rows}) GROUP BY ${group} ORDER BY ${group}`,
  );
}
const right = 'avg((guess = truth)::INTEGER) AS accuracy';

describe('worlds', () => {
  it('silent failure: one pair falls from 94 % to 71 %, the whole stays', async () => {
    const scenario = { ...silentFailure(4000), dayEffect: 0 };
    const [before, after] = await world(scenario, `${right}, avg(score) AS score`);
    expect(before!.accuracy).toBeCloseTo(0.945, 2);
    expect(after!.accuracy! - before!.accuracy!).toBeGreaterThan(-0.006);
    expect(before!.score).toBeCloseTo(before!.accuracy!, 2);
    const pair = `avg((guess = truth)::INTEGER) FILTER (WHERE s0 = 'PT' AND s1 = 'rail') AS pair,
      count(*) FILTER (WHERE s0 = 'PT' AND s1 = 'rail') / count(*) AS share`;
    const [pairBefore, pairAfter] = await world(scenario, pair);
    expect(Math.abs(pairBefore!.pair! - 0.94)).toBeLessThan(0.03);
    expect(Math.abs(pairAfter!.pair! - 0.71)).toBeLessThan(0.05);
    expect(pairBefore!.share).toBeCloseTo(0.01, 2);
  });

  it('mix moved: every tier stays as good as it was, the total falls by more than two points', async () => {
    const [before, after] = await world(mixMoved, right);
    expect(before!.accuracy! - after!.accuracy!).toBeGreaterThan(0.02);
    const tiers = await world(mixMoved, `s2, ${right}`, 's2, after');
    for (let index = 0; index < tiers.length; index += 2) {
      expect(Math.abs(tiers[index]!.accuracy! - tiers[index + 1]!.accuracy!)).toBeLessThan(0.015);
    }
  });

  it('relation moved: scores stay, the chance of being right falls', async () => {
    const [before, after] = await world(relationMoved, `${right}, avg(score) AS score`);
    expect(before!.accuracy! - after!.accuracy!).toBeGreaterThan(0.02);
    expect(after!.score).toBeCloseTo(before!.score!, 2);
  });

  it('labels moved: given the outcome, scores and inputs stay; their shares do not', async () => {
    const rows = await world(
      labelsMoved,
      `truth, avg(score) AS score, avg(ln(f0)) AS income, count(*) AS n`,
      'truth, after',
    );
    const [negativeBefore, negativeAfter, positiveBefore, positiveAfter] = rows;
    expect(negativeAfter!.score).toBeCloseTo(negativeBefore!.score!, 2);
    expect(positiveAfter!.score).toBeCloseTo(positiveBefore!.score!, 2);
    expect(positiveAfter!.income).toBeCloseTo(positiveBefore!.income!, 1);
    expect(positiveBefore!.n! / (positiveBefore!.n! + negativeBefore!.n!)).toBeCloseTo(0.25, 2);
    expect(positiveAfter!.n! / (positiveAfter!.n! + negativeAfter!.n!)).toBeCloseTo(0.42, 2);
    // The score is a probability under the first prior.
    const bins = await world(labelsMoved, 'avg(truth) AS rate, avg(score) AS score', 'floor(score * 10), after');
    for (const bin of bins.filter((row) => !row.after)) expect(Math.abs(bin.rate! - bin.score!)).toBeLessThan(0.03);
  });

  it('pipeline break: nulls and errors in one channel only', async () => {
    const rows = await world(pipelineBreak, `s2, avg((f2 IS NULL)::INTEGER) AS missing, ${right}`, 's2, after');
    for (const row of rows) {
      const broken = (row as Record<string, unknown>).s2 === 'partner' && Boolean(row.after);
      expect(row.missing).toBe(broken ? 1 : 0);
      if (broken) expect(Math.abs(row.accuracy! - 0.8)).toBeLessThan(0.02);
      else expect(row.accuracy).toBeGreaterThan(0.92);
    }
  });

  it('missing variable: scores move less than the truth, in every tier', async () => {
    const rows = await world(missingVariable, `s2, avg(score) AS score, ${right}`, 's2, after');
    for (let index = 0; index < rows.length; index += 2) {
      const fall = rows[index]!.accuracy! - rows[index + 1]!.accuracy!;
      const seen = rows[index]!.score! - rows[index + 1]!.score!;
      expect(fall).toBeGreaterThan(0.02);
      expect(seen).toBeGreaterThan(0.005);
      expect(seen).toBeLessThan(fall / 2);
    }
  });
});
