import type { AccuracyComparison } from './model/comparison.ts';
import type { CompareRequest, SeriesRequest } from './model/request.ts';

/** A word as a shell takes it: quoted unless it is plain. */
export const quoted = (text: string): string =>
  /^[\w.:/-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;

const command = (lines: string[]): string => lines.join(' \\\n  ');

/**
 * The command that repeats the comparison, with everything that was fixed before looking. Where nobody chose an as-of, none is
 * given: on the same files the default is the same, and to the microsecond.
 */
export const compareCommand = (comparison: AccuracyComparison, request: CompareRequest): string => {
  const { settings, windows, seed, dataset } = comparison;
  return command([
    `driftbench accuracy compare ${quoted(dataset.id)}`,
    `--reference ${windows.reference.from}..${windows.reference.to}`,
    `--current ${windows.current.from}..${windows.current.to}`,
    ...(request.asOf === undefined ? [] : [`--as-of ${quoted(request.asOf)}`]),
    `--metric ${quoted(settings.metric)}`,
    ...(request.delta === undefined ? [] : [`--delta ${settings.delta}`]),
    `--min-cell ${settings.minCell}`,
    `--depth ${settings.depth}`,
    `--seed ${seed}`,
    '--json',
  ]);
};

/** The command that repeats a series. */
export const seriesCommand = (request: SeriesRequest): string =>
  command([
    `driftbench accuracy series ${quoted(request.dataset)}`,
    `--reference ${request.reference.from}..${request.reference.to}`,
    `--chunk ${request.chunk}`,
    ...(request.asOf === undefined ? [] : [`--as-of ${quoted(request.asOf)}`]),
    ...(request.metric === undefined ? [] : [`--metric ${quoted(request.metric)}`]),
    `--seed ${request.seed}`,
    '--json',
  ]);
