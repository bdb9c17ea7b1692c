import type { RunDraft } from './imported-run.ts';
import type { ResultFile } from './result-file.ts';

export interface Imported {
  runs: RunDraft[];
  /** Parts of the file that are no runs, and why, one sentence each. */
  remarks?: string[];
}

/** One foreign format: pure, from text to runs; whatever it cannot read it refuses as a `UserFault`. */
export interface Adapter {
  format: string;
  /** Whether the file is of this format at all; cheap, never throws. */
  recognises(file: ResultFile): boolean;
  read(file: ResultFile): Imported;
}

/** An instant with its time zone, or null: a local time without zone is no instant. */
export const zoned = (text: string | null): string | null =>
  text !== null && /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : null;

/** The note that takes the place of the instant. */
export const noZone = (text: string | null): string[] =>
  text === null || zoned(text) !== null ? [] : [`started ${text}, which is no instant with a time zone`];
