import { z } from 'zod';

/** One entry of the append-only log; `hash` = SHA-256(prevHash + canonical JSON of the rest). */
export const LogEntry = z.object({
  seq: z.number().int(),
  at: z.string(),
  kind: z.string(),
  /** Version of the body's shape for this kind. */
  schema: z.number().int(),
  /** What the entry is about: a dataset id or an investigation id. */
  subject: z.string(),
  body: z.record(z.string(), z.unknown()),
  prevHash: z.string(),
  hash: z.string(),
});
export type LogEntry = z.infer<typeof LogEntry>;
