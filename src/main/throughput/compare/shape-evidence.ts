import type { ComparedMetric } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { decimal } from '../../../shared/units.ts';
import type { Sides } from './compared-metric.ts';
import type { CauseEvidence } from './evidence.ts';
import { medianOf } from './run-window.ts';
import { thresholds as t } from './thresholds.ts';

/** Samples that the shape of a run is judged by. */
const fewest = 30;

interface Shape {
  /** Median time an item of the first tenth, and of the last third, over that of the middle. */
  early: number;
  late: number;
}

const shapeOf = (run: ThroughputRun): Shape | null => {
  const times = run.samples
    .filter(({ phase }) => phase === 'measure')
    .map(({ durationNs, items }) => durationNs / items);
  if (times.length < fewest) return null;
  const part = (from: number, to: number) =>
    medianOf(times.slice(Math.floor(from * times.length), Math.floor(to * times.length)));
  const [first, middle, last] = [part(0, 0.1), part(0.3, 0.6), part(2 / 3, 1)];
  return first && middle && last ? { early: first / middle, late: last / part(0.1, 1 / 3)! } : null;
};

const typical = (runs: readonly ThroughputRun[], pick: (shape: Shape) => number): number | null =>
  medianOf(runs.flatMap((run) => shapeOf(run) ?? []).map(pick));

const tailOnly = (metrics: Readonly<Record<string, ComparedMetric>>, workload: string): CauseEvidence[] => {
  const { latencyP99Ms: p99, latencyP50Ms: p50, throughput } = metrics;
  if (p99?.verdict !== 'regression') return [];
  const slower = [p50?.verdict, throughput?.verdict].includes('regression');
  const middle = p50?.ratio.value ?? 1 / (throughput?.ratio.value ?? Number.NaN);
  if (slower || !(middle < 1 / t.fallen)) return [];
  const text = `${workload}: only the tail grew, p99 ratio ${decimal(p99.ratio.value, 3)}, ratio of the typical time ${decimal(middle, 3)}`;
  const evidence = { family: 'shape', text } as const;
  return [
    { ...evidence, step: 'co-tenants', id: 'shape.p99-only.co-tenants', weight: 0.45 },
    { ...evidence, step: 'host', id: 'shape.p99-only.host', weight: 0.3 },
  ];
};

/** How time per item goes over a run, candidate against baseline: slow at first, slow after minutes, or only in the tail. */
export const shapeEvidence = (
  { baseline, candidate }: Sides,
  metrics: Readonly<Record<string, ComparedMetric>>,
  workload: string,
): CauseEvidence[] => {
  const found = tailOnly(metrics, workload);
  const [early0, early1] = [baseline, candidate].map((runs) => typical(runs, ({ early }) => early));
  if (early1 && early1 > t.settling && early1 > 1.01 * (early0 ?? 1)) {
    const text = `${workload}: the first tenth of a run takes ${decimal(early1, 3)} times as long as its middle, baseline ${decimal(early0, 3)}: above ${t.settling}`;
    found.push({ step: 'host', family: 'shape', id: 'shape.slow-at-first', text, weight: 0.35 });
  }
  const [late0, late1] = [baseline, candidate].map((runs) => typical(runs, ({ late }) => late));
  if (late1 && late1 > t.settling && late1 > 1.01 * (late0 ?? 1)) {
    const text = `${workload}: the last third of a run takes ${decimal(late1, 3)} times as long as its beginning, baseline ${decimal(late0, 3)}: above ${t.settling}`;
    found.push({ step: 'thermal', family: 'shape', id: 'shape.slow-later.thermal', text, weight: 0.35 });
    found.push({ step: 'power', family: 'shape', id: 'shape.slow-later.power', text, weight: 0.25 });
  }
  return found;
};
