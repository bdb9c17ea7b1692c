import { z } from 'zod';

/** One folder as the path picker shows it: sub-folders, Parquet and YAML files, nothing else. */
export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  entries: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      kind: z.enum(['folder', 'parquet', 'yaml']),
      bytes: z.number().nullable(),
    }),
  ),
  /** Entries left out because the folder holds more than is shown. */
  omitted: z.number(),
});
export type FolderListing = z.infer<typeof FolderListing>;
