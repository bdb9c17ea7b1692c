import type { Estimate } from '../../shared/model/estimate.ts';
import type { Verdict } from '../../shared/model/verdict.ts';

export interface GlyphScale {
  low: number;
  high: number;
  /** The tolerance, drawn as the ground on which nothing happened. */
  delta: number;
}

const at = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
};

const few = 40;

/**
 * One scale for a whole column. Among many rows the widest intervals may leave it, so that they do not flatten the rest;
 * what was found to have changed never does.
 */
export const glyphScale = (
  rows: readonly { change: Pick<Estimate, 'value' | 'low' | 'high'>; verdict: Verdict }[],
  delta: number,
): GlyphScale => {
  const spans = rows.flatMap(({ change, verdict }) =>
    change.value === null ? [] : [{ low: change.low ?? change.value, high: change.high ?? change.value, verdict }],
  );
  const found = spans.filter(({ verdict }) => verdict === 'regression' || verdict === 'improvement');
  const margin = spans.length <= few ? 0 : 0.02;
  const low = at(
    spans.map((span) => span.low),
    margin,
  );
  const high = at(
    spans.map((span) => span.high),
    1 - margin,
  );
  return {
    low: found.reduce((least, span) => Math.min(least, span.low), Math.min(-1.5 * delta, low)),
    high: found.reduce((most, span) => Math.max(most, span.high), Math.max(1.5 * delta, high)),
    delta,
  };
};
