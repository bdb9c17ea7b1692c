import { z } from 'zod';

/** What a path picker looks for: the files of a dataset, or result files of benchmark harnesses. */
export const BrowsedFiles = z.enum(['dataset', 'results']);
export type BrowsedFiles = z.infer<typeof BrowsedFiles>;

/** One folder as the path picker shows it: sub-folders and the files it looks for, nothing else. */
export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  entries: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      kind: z.enum(['folder', 'parquet', 'yaml', 'result']),
      bytes: z.number().nullable(),
    }),
  ),
  /** Entries left out because the folder holds more than is shown. */
  omitted: z.number(),
});
export type FolderListing = z.infer<typeof FolderListing>;
