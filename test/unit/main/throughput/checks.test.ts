import { describe, expect, it } from 'vitest';
import { throughputProviders } from '../../../../src/main/throughput/checks/providers.ts';
import type { ThroughputComparison } from '../../../../src/shared/model/throughput-comparison.ts';
import { compared, exampleRun } from '../../../fixtures/compared-runs.ts';
import { nullStories, stories, storyRuns } from '../../../fixtures/run-stories.ts';
import { checksOf } from '../../../fixtures/throughput-checks.ts';

const storied = (name: string, seed?: number) => {
  const { baseline, candidate } = storyRuns((stories[name] ?? nullStories[name])!, seed);
  return compared(baseline, candidate);
};

/** A suspect that was there when it got slower, but that nothing read off the machine speaks for. */
const onlyWarned = 'another driver, and more cycles for the same';

/** What goes with the fault of a story, besides the steps that say that and how much it fell. */
const alongside: Record<string, string[]> = {
  thermal: ['clock-under-load'],
  power: ['clock-under-load'],
  'locks-and-states': ['clock-under-load'],
  'memory-health': ['clock-under-load'],
  faults: ['validity'],
};

describe('the checklist of a machine that got slower', () => {
  it.each(Object.keys(stories))('%s: the right step fails, the others do not', async (name) => {
    const { step } = stories[name]!;
    const checks = await checksOf(storied(name));
    const failed = [...checks.values()].filter(({ status }) => status === 'FAILED').map(({ item }) => item);
    const right = checks.get(step!)!;
    expect(right.status).toBe(name === onlyWarned ? 'WARNED' : 'FAILED');
    expect(right.evidence.length).toBeGreaterThan(0);
    expect(right.rule).not.toMatch(/^none holds/);
    const allowed = ['is-it-real', 'scope', step, ...(alongside[step!] ?? [])];
    expect(failed.filter((item) => !allowed.includes(item))).toEqual([]);
  });
});

describe('the checklist of a machine that is as it was', () => {
  it.each(Object.keys(nullStories))('%s: no step fails, whatever the noise', async (name) => {
    for (const seed of [1000, 2000, 3000]) {
      const checks = await checksOf(storied(name, seed));
      for (const { item, status } of checks.values()) expect(`${item} ${status}`).not.toMatch(/FAILED$/);
    }
  });
});

describe('a step that nobody watched', () => {
  const sides = (more: Parameters<typeof exampleRun>[0]['more'] = {}) => {
    const of = (side: string, throughput: number) =>
      [1, 2, 3, 4, 5, 6].map((n) => exampleRun({ id: `${side}${n}`, throughput: throughput * (1 + n / 1000), more }));
    return compared(of('a', 100), of('b', 80));
  };

  it('is NOT DONE with the reason, and never passes', async () => {
    const checks = await checksOf(sides());
    for (const item of ['co-tenants', 'clock-under-load', 'power', 'thermal', 'pcie', 'memory-health', 'faults']) {
      const { status, reason } = checks.get(item)!;
      expect([item, status]).toEqual([item, 'NOT DONE']);
      expect(reason).toMatch(/not watched|not known|not recorded|not read|no telemetry|no field/);
    }
    expect(checks.get('is-it-real')!.status).toBe('FAILED');
    expect(checks.get('scope')!.observed).toContain('gemm-f32');
  });

  it('asks no GPU for company where a processor executed', async () => {
    const cpu = sides({ executor: { name: 'EPYC', kind: 'cpu', driver: null } });
    const checks = await checksOf(cpu);
    expect(checks.get('co-tenants')!.observed).toContain('other processes on the GPU: no GPU was used');
  });

  it('does not pass on faults of a driver that nobody watched: on a processor, or in a file', async () => {
    const readings = [{ tNs: 0, name: 'cpu_clock_mhz', value: 1500 }];
    const sample = {
      startNs: 0,
      durationNs: 1e9,
      items: 100,
      deviceNs: null,
      phase: 'measure',
      excluded: null,
    } as const;
    const source = { format: 'protocol', file: 'run.jsonl', sha256: 'aa' };
    const watched = { readings, samples: [sample] };
    const faults = async (more: Parameters<typeof sides>[0]) => (await checksOf(sides(more))).get('faults');
    expect(await faults({ ...watched, source })).toMatchObject({
      status: 'NOT DONE',
      reason: expect.stringMatching(/file does not say/),
    });
    const cpu = { name: 'EPYC', kind: 'cpu', driver: null } as const;
    expect(await faults({ ...watched, executor: cpu })).toMatchObject({
      status: 'NOT DONE',
      reason: expect.stringMatching(/no GPU executed/),
    });
    expect((await faults(watched))?.status).toBe('PASSED');
    expect((await checksOf(storied('nothing but noise'))).get('faults')?.status).toBe('PASSED');
  });

  it('does not watch faults where the log of the driver could not be read', async () => {
    const readings = [{ tNs: 0, name: 'sm_clock_mhz', value: 1500 }];
    const blind = sides({
      readings,
      samples: [{ startNs: 0, durationNs: 1e9, items: 100, deviceNs: null, phase: 'measure', excluded: null }],
      notes: ['faults of the driver are not known: dmesg is not permitted'],
    });
    expect((await checksOf(blind)).get('faults')).toMatchObject({
      status: 'NOT DONE',
      reason: 'dmesg is not permitted',
    });
  });
});

describe('runs that may not be compared', () => {
  it('fail the first step and leave the rest open', async () => {
    const refused = compared(
      [exampleRun({ id: 'a', definition: { size: 1 } })],
      [exampleRun({ id: 'b', definition: { size: 2 } })],
    );
    const checks = await checksOf(refused);
    expect(checks.get('validity')).toMatchObject({
      status: 'FAILED',
      rule: expect.stringMatching(/comparable = false/),
    });
    expect(checks.get('is-it-real')!.status).toBe('NOT DONE');
    expect([...checks.values()].filter(({ status }) => status === 'FAILED')).toHaveLength(1);
  });
});

describe('a user’s own rule', () => {
  it('may ask every observation a provider declares, and each is made', async () => {
    const comparison: ThroughputComparison = storied('heat, with the margin that Hopper tells');
    for (const [id, provider] of Object.entries(throughputProviders)) {
      const made = provider.collect({ comparison }).observations.map(({ name }) => name);
      expect([id, made.sort()]).toEqual([id, Object.keys(provider.observations).sort()]);
    }
  });
});
