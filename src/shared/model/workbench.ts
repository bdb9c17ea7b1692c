import { z } from 'zod';

export const Face = z.enum(['desktop', 'browser', 'command line']);
export type Face = z.infer<typeof Face>;

export const WorkbenchState = z.object({
  version: z.string(),
  face: Face,
  workspace: z.string(),
  platform: z.object({ os: z.string(), arch: z.string(), node: z.string() }),
});
export type WorkbenchState = z.infer<typeof WorkbenchState>;

/** What this machine can do, one line a capability. */
export const Diagnosis = z.object({
  capabilities: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['available', 'unavailable', 'failed']),
      version: z.string().nullable(),
      /** One sentence: where it was found, or what to do to get it. */
      text: z.string(),
    }),
  ),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
