import { describe, expect, it } from 'vitest';
import { compared, one } from '../../../../fixtures/compared-runs.ts';
import { importCapture } from '../adapters/capture.ts';

describe('result files of others', () => {
  it('are compared test by test; one number a side has no interval', () => {
    const json = importCapture('llama-bench/rtx4080-qwen2-7b.json').runs;
    const lines = importCapture('llama-bench/rtx4080-qwen2-7b.jsonl').runs;
    const found = compared(json, lines);
    expect(found.workloads.map(({ workload }) => workload.id.split('/').at(-1))).toEqual(['pp512', 'tg128']);
    expect(found).toMatchObject({ verdict: 'inconclusive', comparable: true, reasons: [] });
    const summaries = Array.from({ length: 5 }, (_, i) =>
      importCapture('llama-bench/rtx4080-qwen2-7b.sql').runs.map((run) => ({ ...run, id: `${run.id}-${i}` })),
    ).flat();
    const slower = summaries.map((run, i) => ({
      ...run,
      id: `now-${run.id}`,
      metrics: { ...run.metrics, throughput: one((run.metrics.throughput.value ?? 0) * (0.8 + 0.002 * (i % 3))) },
    }));
    const before = summaries.map((run, i) => ({
      ...run,
      metrics: { ...run.metrics, throughput: one((run.metrics.throughput.value ?? 0) * (1 + 0.002 * (i % 3))) },
    }));
    expect(compared(before, slower)).toMatchObject({ verdict: 'regression' });
  });

  it('that failed by their own rules are invalid', () => {
    const short = importCapture('vllm-bench/short-outputs.json').runs;
    const found = compared(
      short,
      short.map((run) => ({ ...run, id: 'other' })),
    );
    expect(found.verdict).toBe('invalid');
    expect(found.summary).toMatch(/500 .* declared, 270 executed/);
  });

  it('that are tables of timm are compared row by row', () => {
    const table = (name: string) => importCapture(`timm/benchmark-infer-amp-${name}.csv`).runs;
    const found = compared(table('nhwc-pt113-cu117-rtx3090'), table('nhwc-pt210-cu121-rtx3090'), { delta: 0.05 });
    expect(found).toMatchObject({ comparable: true, verdict: 'inconclusive', reasons: [] });
    expect(found.tables).toMatchObject({ common: 792, compared: 723 });
    expect(found.tables?.refused).toHaveLength(69);
    expect(found.tables?.slower).toHaveLength(43);
    expect(found.tables?.slower[0]).toMatchObject({ model: 'regnety_064', ratio: expect.closeTo(0.4545, 4) });
    expect(found.fingerprintDifference.map(({ field }) => field)).toEqual(['cuda', 'torch']);
    expect(compared(table('nhwc-pt240-cu124-rtx4090'), table('nchw-pt240-cu124-rtx4090'))).toMatchObject({
      ...{ comparable: false, verdict: 'not comparable', reasons: ['layout differs: nhwc against nchw'], metrics: {} },
      tables: { compared: 0, slower: [] },
    });
  });
});
