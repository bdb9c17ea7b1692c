import { describe, expect, it } from 'vitest';
import { compared, repeatedRuns } from '../../../../fixtures/compared-runs.ts';

describe('several workloads', () => {
  const set = (prefix: string, levels: Record<string, number>, seed: number) =>
    Object.entries(levels).flatMap(([workload, level], i) =>
      repeatedRuns(`${prefix}-${workload}`, 6, level, { workload, definition: { workload }, seed: seed + i }),
    );
  const flat = { 'gemm-f32': 100, triad: 100, 'clock-probe': 100, 'launch-chain': 100, h2d: 100 };
  const against = (changed: Partial<Record<string, number>>) =>
    compared(set('a', flat, 10), set('b', { ...flat, ...changed } as Record<string, number>, 50));

  it('are compared each by itself; one regression is a regression of the whole, and it is shown', () => {
    const found = against({ triad: 85 });
    expect(found.verdict).toBe('regression');
    expect(found.workloads.map(({ workload, verdict }) => [workload.id, verdict])).toEqual([
      ['gemm-f32', 'no change'],
      ['triad', 'regression'],
      ['clock-probe', 'no change'],
      ['launch-chain', 'no change'],
      ['h2d', 'no change'],
    ]);
    expect(found.metrics.throughput?.ratio.value).toBeCloseTo(0.85, 1);
    expect(found.summary).toMatch(/^5 workloads against a tolerance of 3\.0.%: 1 regression, 4 no change; triad/);
  });

  it('that have no counterpart are listed and do not forbid the others', () => {
    const found = compared(set('a', { 'gemm-f32': 100, copy: 100 }, 1), set('b', { 'gemm-f32': 100, conv3x3: 100 }, 7));
    expect(found).toMatchObject({ comparable: true, verdict: 'no change' });
    expect(found.reasons).toEqual(['copy, f32, batch 1: definition.workload differs: copy against conv3x3']);
  });

  it('are corrected for their number', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`w${i}`, 100]));
    const alone = compared(set('a', { w0: 100 }, 3), set('b', { w0: 95.4 }, 80));
    expect(alone.verdict).toBe('regression');
    const among = compared(set('a', many, 3), set('b', { ...many, w0: 95.4 }, 80));
    expect(among.workloads[0]?.verdict).toBe('inconclusive');
    expect(among.workloads[0]?.missing).toContain('one of 20 workloads looked at: not beyond chance after correction');
  });

  it.each<[string, Partial<Record<string, number>>, string]>([
    ['gemm and the probe down alike, triad flat', { 'gemm-f32': 80, 'clock-probe': 81 }, 'clock-under-load'],
    ['triad down, gemm flat', { triad: 80 }, 'memory-health'],
    ['the chain only', { 'launch-chain': 80 }, 'host'],
    ['copies from the host only', { h2d: 60 }, 'pcie'],
    ['all by one factor, the probe flat', { 'gemm-f32': 70, triad: 70, 'launch-chain': 70, h2d: 70 }, 'co-tenants'],
    ['gemm alone, triad and the probe flat', { 'gemm-f32': 80 }, 'software'],
  ])('point to a step by their pattern: %s', (_, changed, step) => {
    const { causes } = against(changed);
    expect(causes[0]).toMatchObject({ kind: step });
    expect(causes[0]?.evidence[0]?.id).toMatch(/^(signature|cycles)\./);
  });

  it('point to the kernels when one precision fell', () => {
    const runs = (prefix: string, f16: number) => [
      ...repeatedRuns(`${prefix}32`, 6, 100, { workload: 'model', precision: 'f32', seed: 1 }),
      ...repeatedRuns(`${prefix}16`, 6, f16, { workload: 'model', precision: 'f16', seed: 2 }),
    ];
    const { causes } = compared(runs('a', 200), runs('b', 150));
    expect(causes[0]).toMatchObject({ kind: 'software' });
    expect(causes[0]?.evidence[0]?.text).toMatch(/^only f16 fell/);
  });

  it('of which nothing fell name nothing', () => {
    expect(against({}).causes).toEqual([]);
  });
});
