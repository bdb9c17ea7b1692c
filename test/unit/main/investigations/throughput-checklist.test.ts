import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseChecklist } from '../../../../src/main/investigations/checklist-file.ts';
import { resourcesFolder } from '../../../../src/main/platform/resources-folder.ts';
import { stepIds } from '../../../../src/main/throughput/checklist-step.ts';
import { throughputProviders } from '../../../../src/main/throughput/checks/providers.ts';
import { thresholds } from '../../../../src/main/throughput/compare/thresholds.ts';
import { scratchFolder } from '../../../fixtures/scratch.ts';

const builtIn = join(resourcesFolder(), 'checklists');
const chosen = () => chooseChecklist('throughput', { builtIn, workspace: scratchFolder() }, throughputProviders);

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

  it('leaves to a person only what no file can tell, and asks every provider once', async () => {
    const { checklist } = await chosen();
    const asked = checklist.items.map(({ evidence }) => evidence);
    expect(checklist.items.filter(({ evidence }) => evidence === 'person').map(({ id }) => id)).toEqual([
      'unit',
      'close',
    ]);
    expect(asked.filter((id) => id !== 'person').sort()).toEqual(Object.keys(throughputProviders).sort());
  });

  it('decides by the thresholds that the ranking of causes uses', async () => {
    const { checklist } = await chosen();
    const rules = (id: string) => checklist.items.find((item) => item.id === id)!.decide.map(({ when }) => when);
    const expected: [string, RegExp][] = [
      ['clock-under-load', new RegExp(`clockRatio < ${thresholds.clockRatio}$`)],
      ['power', new RegExp(`limitDifferenceW <= -${thresholds.limitWatts}$`)],
      ['power', new RegExp(`capShareRise > ${thresholds.capShareMore}$`)],
      ['thermal', new RegExp(`slowDownRise > ${thresholds.thermalShareMore}$`)],
      ['thermal', new RegExp(`marginC <= ${thresholds.marginC} `)],
      ['thermal', new RegExp(`[^y]hotterC >= ${thresholds.hotterC} `)],
      ['thermal', new RegExp(`slopeCPerMin >= ${thresholds.slopeCPerMin} .*fanPercent > ${thresholds.fanPercent}$`)],
      ['co-tenants', new RegExp(`cpuPressurePercent > ${thresholds.cpuPressurePercent} `)],
      ['co-tenants', new RegExp(`stealShare > ${thresholds.stealShare} `)],
      ['co-tenants', new RegExp(`cgroupShare > ${thresholds.cgroupShare} `)],
      ['co-tenants', new RegExp(`loadRise >= ${thresholds.loadMore} `)],
      ['pcie', new RegExp(`copySpeed < ${thresholds.linkRatio}$`)],
      ['memory-health', new RegExp(`memoryBoundSpeed < ${thresholds.triadRatio}$`)],
      ['memory-health', new RegExp(`corrected > ${thresholds.correctedErrors} `)],
      ['software', new RegExp(`cyclesRatio > ${thresholds.cycles}$`)],
    ];
    for (const [id, rule] of expected)
      expect(
        rules(id).some((when) => rule.test(when)),
        `${id} ${rule}`,
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
