import { z } from 'zod';
import { errorCodes } from '../errors.ts';
import { Progress } from './progress.ts';

export const Fault = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
  /** True when the same call may succeed later without a change of its input. */
  retry: z.boolean().optional(),
});
export type Fault = z.infer<typeof Fault>;

const JobStatus = z.enum(['running', 'done', 'failed', 'cancelled']);

export const JobState = z.object({
  jobId: z.string(),
  /** What the job does, as a procedure name such as `accuracy.compare`. */
  kind: z.string(),
  title: z.string(),
  startedAt: z.string(),
  status: JobStatus,
  progress: Progress.nullable(),
  /** As JSON text: a large document is then written once, not walked by every layer it passes. */
  result: z.string().optional(),
  error: Fault.optional(),
});
export type JobState = z.infer<typeof JobState>;

/** What starting a job answers; `T` is the type of its result and exists only for the compiler. */
export interface JobTicket<T> {
  jobId: string;
  readonly result?: T;
}

/** The ticket schema of a job whose result satisfies `result`. */
export const jobTicket = <T>(_result: z.ZodType<T>) => z.object({ jobId: z.string() }) as z.ZodType<JobTicket<T>>;
