import type { Outputs } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import type { Sides } from './compared-metric.ts';

const distinct = (runs: readonly ThroughputRun[]): string[] => [
  ...new Set(runs.flatMap(({ outputDigest }) => outputDigest ?? [])),
];

/** Largest |a - b| / max(|a|, |b|) over the values that both printed; null where one printed none. */
const relativeError = (a: readonly number[] | undefined, b: readonly number[] | undefined): number | null => {
  const n = Math.min(a?.length ?? 0, b?.length ?? 0);
  if (!a || !b || n === 0) return null;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (x !== y) largest = Math.max(largest, Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y)));
  }
  return Number.isFinite(largest) ? largest : null;
};

const withValues = (runs: readonly ThroughputRun[]) => runs.find(({ outputValues }) => (outputValues?.length ?? 0) > 0);

/** Whether the two sides computed the same, by the digests of their outputs, and by how much their first values differ. */
export const outputsOf = ({ baseline, candidate }: Sides): Outputs => {
  const [before, now] = [distinct(baseline), distinct(candidate)];
  const maxRelativeError = relativeError(withValues(baseline)?.outputValues, withValues(candidate)?.outputValues);
  const unknown = before.length === 0 || now.length === 0;
  if (unknown) {
    const side =
      before.length + now.length === 0 ? 'either side' : before.length === 0 ? 'the baseline' : 'the candidate';
    return { equal: null, maxRelativeError, reason: `no digest of the output on ${side}` };
  }
  if (before.length === 1 && now.length === 1 && before[0] === now[0])
    return { equal: true, maxRelativeError, reason: 'every run with a digest has the same one' };
  const unstable = before.length > 1 ? 'the baseline' : now.length > 1 ? 'the candidate' : null;
  if (unstable && before.every((digest) => now.includes(digest)) && now.every((digest) => before.includes(digest)))
    return {
      equal: true,
      maxRelativeError,
      reason: `the same digests on both sides, several a side: ${before.length}`,
    };
  return {
    equal: false,
    maxRelativeError,
    reason: unstable
      ? `the digest of the output differs between the sides and inside ${unstable}: ${before.length} and ${now.length} digests`
      : `the digest of the output differs: ${short(before[0])} against ${short(now[0])}`,
  };
};

const short = (digest = ''): string => (digest.length > 23 ? `${digest.slice(0, 19)}...` : digest);
