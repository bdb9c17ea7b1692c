import type { Estimate } from '../../shared/model/estimate.ts';

/** What a panel rests on. */
export interface Evidence {
  /** The part of the result document the panel draws, as it is. */
  json: unknown;
  /** Where that part lives: a JSON pointer into the document. */
  pointer: string;
  /** Method ids with versions. */
  methods: readonly string[];
  /** Rows behind it, said with their noun. */
  n: string;
  /** Reproduces the document on the command line. */
  command?: string;
  /** Dataset, windows and as-of, so that a picture alone is understood. */
  caption?: string;
  /** Milliseconds from asking to the document; null where it was not computed for this window. */
  answeredMs?: number | null;
  /** The document the part is of, by which the SQL kept beside it is found. */
  document?: object;
  /** Statements that produced the counts, when the document carries them. */
  sql?: readonly string[];
  hashes: readonly { name: string; value: string }[];
}

/** The distinct methods of some estimates, in order of appearance. */
export const methodsOf = (estimates: readonly Pick<Estimate, 'method'>[]): string[] => [
  ...new Set(estimates.map((estimate) => estimate.method)),
];

export const fileStem = (...parts: string[]): string =>
  parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
