import type { Database } from '../../platform/duckdb.ts';
import type { MeasuredRows } from '../measured-rows.ts';
import { type Side, sidesOf, tail } from './moments.ts';
import { readMoments } from './read-moments.ts';
import { type Candidate, isHarm, type SearchSettings } from './search.ts';

/** Why a segment that stands out is not a line of its own: another segment (or, empty, the whole) accounts for it. */
export interface Pruned {
  lines: Candidate[];
  explainedBy: Map<Candidate, Candidate | 'everything'>;
  /** What is left of an explained segment without the rows of the lines before it; null when nothing is. */
  remainder: Map<Candidate, { reference: Side; current: Side } | null>;
}

const MOST_LINES = 10;

const predicate = (one: Candidate): string =>
  `(${one.columns.map((column, i) => `s${column} = ${one.codes[i]}`).join(' AND ')})`;

/**
 * Non-overlapping lines, greedily: the segment with the smallest p becomes a line; every other one is tested again without the rows of
 * all lines so far, and whatever no longer stands out is explained by the line that took its rows - a parent by its child, a child by
 * its parent, a neighbour by the overlap. When the whole falls, a segment no worse than the whole (within the tolerance) is
 * explained by the whole. Cost: one scan per set of columns still in question and line.
 */
export async function pruneSegments(
  database: Database,
  rows: MeasuredRows,
  settings: SearchSettings,
  candidates: readonly Candidate[],
  overall: { change: number; regressed: boolean },
): Promise<Pruned> {
  const pruned: Pruned = { lines: [], explainedBy: new Map(), remainder: new Map() };
  let open = candidates.filter((one) => isHarm(one, rows, settings));
  if (overall.regressed) {
    const fall = Math.abs(overall.change);
    open = open.filter((one) => {
      const { reference, current } = one.sides as { reference: Side; current: Side };
      const worse = tail(rows.value, reference, current, settings.delta + fall) * candidates.length <= settings.alpha;
      if (!worse) pruned.explainedBy.set(one, 'everything');
      return worse;
    });
  }
  while (open.length > 0 && pruned.lines.length < MOST_LINES) {
    open.sort((a, b) => strength(a, b));
    const line = open[0] as Candidate;
    pruned.lines.push(line);
    open = await withoutLines(database, rows, settings, open.slice(1), pruned);
  }
  return pruned;
}

function strength(a: Candidate, b: Candidate): number {
  const byP = (a.harm?.p ?? 1) - (b.harm?.p ?? 1);
  if (byP !== 0) return byP;
  // Both underflow to 0: the larger fall in standard errors, then a fixed order.
  return score(b) - score(a) || a.columns.length - b.columns.length || key(a).localeCompare(key(b), 'en');
}

const key = (one: Candidate): string => `${one.columns.join()}:${one.codes.join()}`;

function score(one: Candidate): number {
  if (!one.sides) return 0;
  const { reference, current } = one.sides;
  const error = Math.hypot(reference.standardError, current.standardError);
  return error > 0 ? Math.abs(current.mean - reference.mean) / error : Number.MAX_VALUE;
}

async function withoutLines(
  database: Database,
  rows: MeasuredRows,
  settings: SearchSettings,
  open: readonly Candidate[],
  pruned: Pruned,
): Promise<Candidate[]> {
  if (open.length === 0) return [];
  const line = pruned.lines.at(-1) as Candidate;
  const except = pruned.lines.map(predicate).join(' OR ');
  const sets = new Map(open.map((one) => [one.columns.join(), one.columns]));
  const read = await readMoments(database, rows, [...sets.values()], except);
  const left = new Map(read.map((moments) => [`${moments.columns.join()}:${moments.codes.join()}`, moments]));
  return open.filter((one) => {
    const moments = left.get(key(one));
    const enough =
      moments &&
      Math.min(moments.reference.rows, moments.current.rows) >= settings.minCell &&
      moments.current.weight > 0;
    const sides = enough ? sidesOf(moments.reference, moments.current, settings.level) : null;
    const stillHarm =
      sides !== null &&
      isHarm({ ...one, sides }, rows, settings) &&
      tail(rows.value, sides.reference, sides.current, settings.delta) <= settings.alpha;
    if (stillHarm) return true;
    pruned.explainedBy.set(one, line);
    pruned.remainder.set(one, sides);
    return false;
  });
}
