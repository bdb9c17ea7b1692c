import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseChecklist } from '../../../../src/main/investigations/checklist-file.ts';
import { resourcesFolder } from '../../../../src/main/platform/resources-folder.ts';
import { stepIds } from '../../../../src/main/throughput/checklist-step.ts';
import { thresholds } from '../../../../src/main/throughput/compare/thresholds.ts';
import { scratchFolder } from '../../../fixtures/scratch.ts';

const builtIn = join(resourcesFolder(), 'checklists');
const chosen = () => chooseChecklist('throughput', { builtIn, workspace: scratchFolder() }, {});

describe('the built-in throughput checklist', () => {
  it('has the steps that causes point to, in their order, five to seven a phase, killers first', async () => {
    const { checklist, origin } = await chosen();
    expect(origin).toBe('built-in');
    expect(checklist.items.map(({ id }) => id)).toEqual(stepIds);
    expect(checklist.items).toHaveLength(17);
    for (const { id } of checklist.phases) {
      const items = checklist.items.filter(({ phase }) => phase === id);
      expect(items.length).toBeGreaterThanOrEqual(5);
      expect(items.length).toBeLessThanOrEqual(7);
      const killers = items.map(({ killer }) => killer);
      expect([...killers].sort((a, b) => Number(b) - Number(a))).toEqual(killers);
    }
  });

  it('has a source for every step and a way in from every symptom', async () => {
    const { checklist } = await chosen();
    for (const { source, expected } of checklist.items) {
      expect(source.length).toBeGreaterThan(10);
      expect(expected).toMatch(/\.$/);
    }
    for (const { id } of checklist.symptoms)
      expect(
        checklist.items.some(({ symptoms }) => symptoms.includes(id)),
        id,
      ).toBe(true);
  });

  it('prints the thresholds that the ranking of causes uses', () => {
    const text = readFileSync(join(builtIn, 'throughput.yaml'), 'utf8');
    const expected: [string, string][] = [
      ['clock-under-load', `${thresholds.clockRatio}`],
      ['power', `${thresholds.limitWatts} W`],
      ['power', `${100 * thresholds.capShareMore} points`],
      ['thermal', `above ${thresholds.marginC} C`],
      ['thermal', `${thresholds.slopeCPerMin} C a minute`],
      ['co-tenants', `${thresholds.cpuPressurePercent} %`],
      ['co-tenants', `steal at most ${100 * thresholds.stealShare} %`],
      ['pcie', `${thresholds.linkRatio}`],
      ['memory-health', `${thresholds.triadRatio}`],
      ['software', `${thresholds.cycles}`],
    ];
    for (const [id, words] of expected) {
      const item = new RegExp(`  - id: ${id}\n[\\s\\S]*?    expected: (.*)`).exec(text)?.[1];
      expect(item, id).toContain(words);
    }
  });
});
