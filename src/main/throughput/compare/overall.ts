import type {
  ThroughputComparison,
  ThroughputVerdict,
  WorkloadComparison,
} from '../../../shared/model/throughput-comparison.ts';
import { counted, percent } from '../../../shared/units.ts';
import { directionOf, metricOf } from './metric-name.ts';

type Part = WorkloadComparison;

/**
 * The verdict on all workloads: a regression of one is a regression; else anything undecided leaves the whole undecided; an improvement needs all others not
 * worse. The verdicts of the parts are corrected for their number before.
 */
const overallVerdict = (parts: readonly Part[]): ThroughputVerdict =>
  (['regression', 'inconclusive', 'improvement', 'no change'] as const).find((verdict) =>
    parts.some((part) => part.verdict === verdict),
  ) ?? 'not comparable';

/** How much worse, in the log; unknown changes go last. */
const harm = ({ metrics }: Part, metric: string): number => {
  const ratio = metrics[metric]?.ratio.value;
  if (ratio == null) return Number.NEGATIVE_INFINITY;
  return directionOf(metricOf(metric)) === 'higher-is-better' ? -Math.log(ratio) : Math.log(ratio);
};

/** The workload whose fields stand for the whole: of those with its verdict the most harmed. */
const deciding = (parts: readonly Part[], verdict: ThroughputVerdict, metric: string): Part | undefined =>
  parts
    .filter((part) => part.verdict === verdict)
    .sort((a, b) => harm(b, metric) - harm(a, metric))
    .at(0);

const summaryOf = (parts: readonly Part[], chosen: Part, delta: number): string => {
  if (parts.length === 1) return chosen.summary;
  const told = (['regression', 'improvement', 'no change', 'inconclusive'] as const).flatMap((verdict) => {
    const n = parts.filter((part) => part.verdict === verdict).length;
    return n === 0 ? [] : [`${n} ${verdict}`];
  });
  return `${counted(parts.length, 'workload')} against a tolerance of ${percent(delta)}: ${told.join(', ')}; ${chosen.summary}`;
};

type Decision = Omit<Part, 'workload' | 'precision' | 'batch' | 'item' | 'baseline' | 'candidate'>;

export const undecided = (verdict: 'not comparable' | 'invalid', summary: string): Decision => ({
  metrics: {},
  noiseFloor: { value: null, sessions: 0, reason: verdict },
  smallestDetectableEffect: null,
  smallestRegression: null,
  runsNeeded: null,
  cycles: { clockRatio: null, timeRatio: null, text: `not known: ${verdict}` },
  outputs: { equal: null, maxRelativeError: null, reason: verdict },
  concurrency: 'historical, not concurrent',
  verdict,
  provisional: true,
  summary,
  missing: null,
});

export const overall = (parts: readonly Part[], { metric, delta }: ThroughputComparison['settings']): Decision => {
  const verdict = overallVerdict(parts);
  const chosen = deciding(parts, verdict, metric);
  if (!chosen) return undecided('not comparable', 'no workload is measured on both sides');
  const { workload, precision, batch, item, baseline, candidate, ...decision } = chosen;
  return { ...decision, summary: summaryOf(parts, chosen, delta) };
};
