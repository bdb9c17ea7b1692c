import { z } from 'zod';

/** A report as it would be saved: the two files, byte for byte. */
export const BuiltReport = z.object({
  investigation: z.string(),
  /** The last log entry it rests on. */
  seq: z.number(),
  html: z.string(),
  json: z.string(),
  htmlSha256: z.string(),
  jsonSha256: z.string(),
});
export type BuiltReport = z.infer<typeof BuiltReport>;
