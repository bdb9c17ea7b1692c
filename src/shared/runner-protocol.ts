import { z } from 'zod';
import { FingerprintValue, RunPhaseName } from './model/throughput-run.ts';

/**
 * The lines a runner prints on stdout, one JSON object each, and the `run` line that opens a saved stream.
 * Unknown keys are ignored, so that a newer runner can be read; unknown types are not lines of this protocol.
 */
const instantNs = z.number().nonnegative();

const RunLine = z.object({
  type: z.literal('run'),
  startedAt: z.iso.datetime({ offset: true }).nullish(),
  workload: z.object({ id: z.string().min(1), definition: z.record(z.string(), z.json()) }),
  precision: z.string().nullish(),
  batch: z.number().positive().nullish(),
  label: z.string().optional(),
  fingerprint: z.object({ fields: z.record(z.string(), FingerprintValue.nullable()) }).optional(),
});

const ReadyLine = z.object({
  type: z.literal('ready'),
  runner: z.string(),
  version: z.string().nullish(),
  executor: z.object({
    name: z.string().nullish(),
    kind: z.enum(['gpu', 'cpu', 'software']).nullish(),
    driver: z.string().nullish(),
  }),
});

const PhaseLine = z.object({ type: z.literal('phase'), name: RunPhaseName });

const SampleLine = z.object({
  type: z.literal('sample'),
  start_ns: instantNs,
  duration_ns: z.number().positive(),
  items: z.number().positive().default(1),
  device_ns: z.number().nullish(),
});

const ReadingLine = z.object({
  type: z.literal('reading'),
  t_ns: instantNs,
  name: z.string().min(1),
  value: z.number().nullable(),
  reason: z.string().optional(),
});

const OutputLine = z.object({
  type: z.literal('output'),
  digest: z.string().min(1),
  values: z.array(z.number()).optional(),
});

const DoneLine = z.object({ type: z.literal('done') });

const ErrorLine = z.object({
  type: z.literal('error'),
  code: z.string().min(1),
  message: z.string().default(''),
});

export const RunnerLine = z.discriminatedUnion('type', [
  RunLine,
  ReadyLine,
  PhaseLine,
  SampleLine,
  ReadingLine,
  OutputLine,
  DoneLine,
  ErrorLine,
]);
export type RunnerLine = z.infer<typeof RunnerLine>;

export type RunnerLineResult = { line: RunnerLine } | { garbage: string };

/** One line of a runner's stdout; what is not a line of the protocol comes back as the reason, never as an exception. */
export const readRunnerLine = (text: string): RunnerLineResult => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { garbage: `not JSON: ${text.slice(0, 80)}` };
  }
  try {
    const parsed = RunnerLine.safeParse(value);
    if (parsed.success) return { line: parsed.data };
    const [issue] = parsed.error.issues;
    const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    return { garbage: `not a line of the runner protocol: ${where}${issue?.message ?? 'unknown shape'}` };
  } catch {
    // Nested so deeply that checking it runs out of stack.
    return { garbage: 'not a line of the runner protocol: nested too deeply' };
  }
};
