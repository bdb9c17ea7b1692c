import type { Concurrency } from '../../../shared/model/throughput-comparison.ts';
import { mean } from '../../statistics/sample.ts';
import type { Sides } from './compared-metric.ts';

/** Longest pause from one side to the other that still counts as one sitting. */
const sittingMs = 60 * 60_000;

/**
 * How the sides lie in time. Interleaved: they alternate at least twice and their mean places differ by at most a quarter of all runs, so that a slide of the
 * machine falls on both. An instant that is not known makes the baseline historical: nobody can show that it was not.
 */
export const concurrencyOf = ({ baseline, candidate }: Sides): Concurrency => {
  const runs = [
    ...baseline.map(({ startedAt }) => ({ side: 0, at: Date.parse(startedAt ?? '') })),
    ...candidate.map(({ startedAt }) => ({ side: 1, at: Date.parse(startedAt ?? '') })),
  ].sort((a, b) => a.at - b.at);
  if (runs.some(({ at }) => Number.isNaN(at))) return 'historical, not concurrent';
  const turns = runs.flatMap(({ side, at }, i) =>
    i > 0 && side !== runs[i - 1]?.side ? [at - (runs[i - 1]?.at ?? at)] : [],
  );
  const places = [0, 1].map((own) => mean(runs.flatMap(({ side }, i) => (side === own ? [i] : []))));
  const apart = Math.abs((places[0] as number) - (places[1] as number));
  if (turns.length >= 2 && apart <= runs.length / 4) return 'interleaved';
  return Math.max(0, ...turns) > sittingMs ? 'historical, not concurrent' : 'one after the other';
};
