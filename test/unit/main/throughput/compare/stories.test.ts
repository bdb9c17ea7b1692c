import { describe, expect, it } from 'vitest';
import { namedFrom } from '../../../../../src/main/throughput/compare/rank.ts';
import { compared } from '../../../../fixtures/compared-runs.ts';
import { nullStories, stories, storyRuns } from '../../../../fixtures/run-stories.ts';

describe('a machine that got slower', () => {
  it.each(Object.keys(stories))('%s: the right step is named first, with its numbers', (name) => {
    const story = stories[name]!;
    const { baseline, candidate } = storyRuns(story);
    const { causes, verdict } = compared(baseline, candidate);
    expect(verdict).toBe(story.run?.valid === false ? 'invalid' : 'regression');
    const [first, second] = causes;
    expect(causes.map(({ kind, weight }) => `${kind} ${weight}`)[0]).toMatch(new RegExp(`^${story.step} `));
    expect(first!.weight).toBeGreaterThanOrEqual(namedFrom);
    expect(first!.weight).toBeGreaterThan(second?.weight ?? 0);
    expect(first!.step?.id).toBe(story.step);
    expect(first!.evidence.map(({ text }) => text).join('; ')).toMatch(/\d/);
  });
});

describe('a machine that is as it was', () => {
  it.each(Object.keys(nullStories))('%s: nothing is named, whatever the noise', (name) => {
    for (const seed of [1, 2, 3]) {
      const { baseline, candidate } = storyRuns(nullStories[name]!, 1000 * seed);
      const { causes, verdict } = compared(baseline, candidate);
      expect(verdict).toBe('no change');
      for (const { weight } of causes) expect(weight).toBeLessThan(namedFrom);
    }
  });
});
