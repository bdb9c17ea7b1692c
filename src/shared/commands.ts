import type { AccuracyComparison, Segment } from './model/comparison.ts';
import type { CompareRequest, SeriesRequest } from './model/request.ts';

/** A word as a shell takes it: quoted unless it is plain. */
export const quoted = (text: string): string =>
  /^[\w.:/-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;

const command = (lines: string[]): string => lines.join(' \\\n  ');

const withinOptions = (segment: Segment | undefined): string[] =>
  Object.entries(segment ?? {}).map(
    ([column, value]) => `--within ${quoted(value === null ? column : `${column}=${value}`)}`,
  );

/** The command that repeats the comparison, with everything that was fixed before looking. */
export const compareCommand = (comparison: AccuracyComparison, request: CompareRequest): string => {
  const { settings, windows, seed, dataset } = comparison;
  return command([
    `driftbench accuracy compare ${quoted(dataset.id)}`,
    `--reference ${windows.reference.from}..${windows.reference.to}`,
    `--current ${windows.current.from}..${windows.current.to}`,
    `--as-of ${quoted(comparison.asOf)}`,
    `--metric ${quoted(settings.metric)}`,
    ...withinOptions(request.within),
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
    ...withinOptions(request.within),
    `--seed ${request.seed}`,
    '--json',
  ]);
