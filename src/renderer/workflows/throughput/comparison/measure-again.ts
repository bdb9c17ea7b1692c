import type { RunSummary } from '../../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import type { RunRequest, Workload } from '../../../../shared/model/workload.ts';

type Again = { request: RunRequest } | { reason: string };

const textsIn = (value: unknown): string[] | null =>
  Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string') ? value : null;

const numberIn = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);

/** `NAME=value`, one a line. */
export const variablesOf = (text: string): Record<string, string> | null => {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const pairs = lines.map((line) => /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line));
  if (pairs.some((pair) => pair === null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!]));
};

/**
 * The request that measures the workload of a recorded run once more, or why this machine cannot: a result file of
 * another harness holds numbers and no way to make them.
 */
export const measureAgain = (
  run: Pick<RunSummary, 'workload' | 'precision' | 'batch' | 'source'> & Partial<Pick<ThroughputRun, 'runner'>>,
  definition: Record<string, unknown> | null,
  workloads: readonly Workload[],
  wanted: { repeat: number; seconds: number; label: string; variables: Record<string, string> },
): Again => {
  const against =
    Object.keys(wanted.variables).length === 0
      ? {}
      : {
          against: wanted.variables,
          againstLabel: Object.entries(wanted.variables)
            .map(([name, value]) => `${name}=${value}`)
            .join(' ')
            .slice(0, 200),
        };
  const shared = { repeat: wanted.repeat, seed: numberIn(definition?.seed) ?? 1, label: wanted.label, ...against };
  const argv = textsIn(definition?.argv);
  if (argv) {
    const { env, cwd, format } = definition ?? {};
    const names = Array.isArray(env) ? env : env && typeof env === 'object' ? Object.keys(env) : [];
    return {
      request: {
        ...shared,
        runner: 'command',
        durationMs: 30_000,
        command: {
          argv,
          env: names.filter((name): name is string => typeof name === 'string'),
          ...(typeof cwd === 'string' ? { cwd } : {}),
          format: typeof format === 'string' ? format : 'auto',
          limitMs: numberIn(definition?.limitMs) ?? 600_000,
        },
      },
    };
  }
  if (run.source) return { reason: `its numbers come from a file: ${run.source.file}` };
  const found = workloads.find(({ id }) => id === run.workload.id);
  if (!found) return { reason: `this machine does not offer the workload: ${run.workload.id}` };
  if (found.unavailable !== undefined) return { reason: `not on this machine: ${found.unavailable}` };
  return {
    request: {
      ...shared,
      workload: found.id,
      runner: found.runner,
      durationMs: Math.round(wanted.seconds * 1000),
      ...(run.precision === null ? {} : { precision: run.precision }),
      ...(run.batch === null ? {} : { batch: run.batch }),
    },
  };
};
