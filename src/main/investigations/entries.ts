import { z } from 'zod';
import { CollectedCheck } from '../../shared/model/checklist.ts';
import { Attachments, Choice } from '../../shared/model/investigation.ts';
import type { LogEntry } from '../../shared/model/log-entry.ts';
import { CompareRequest } from '../../shared/model/request.ts';
import { Verdict } from '../../shared/model/verdict.ts';

/** How an investigation begins: the question and the checklist, which stays its own whatever later versions say. */
export const OpenedBody = z.object({
  axis: z.literal('accuracy'),
  title: z.string(),
  dataset: z.object({ id: z.string(), name: z.string(), sha256: z.string() }),
  request: CompareRequest,
  /** `sha256` names the artefact that holds the bytes. */
  checklist: z.object({ id: z.string(), version: z.number(), sha256: z.string(), origin: z.string() }),
});
export type OpenedBody = z.infer<typeof OpenedBody>;

/** What a comparison left; the `check-collected` entries that follow it were read from it. */
export const AttachedBody = z.object({
  attachments: Attachments,
  request: CompareRequest,
  verdict: Verdict,
  summary: z.string(),
});
export type AttachedBody = z.infer<typeof AttachedBody>;

const RevertedBody = z.object({ seq: z.number(), hash: z.string() });

/** The entries of an investigation by what they mean; the rest of the log entry stays beside it. */
export type Event = { seq: number; at: string } & (
  | { kind: 'opened'; body: OpenedBody }
  | { kind: 'attached'; body: AttachedBody }
  | { kind: 'collected'; body: CollectedCheck }
  | { kind: 'chosen'; body: Choice }
  | { kind: 'reverted'; body: z.infer<typeof RevertedBody> }
);

const choiceKinds = new Set<string>(Choice.options.map((option) => option.shape.kind.value));

/** The entry as an event, or null for a kind that means nothing here (a newer program's, perhaps). */
export const eventOf = ({ seq, at, kind, body }: LogEntry): Event | null => {
  if (kind === 'investigation-opened') return { seq, at, kind: 'opened', body: OpenedBody.parse(body) };
  if (kind === 'evidence-attached') return { seq, at, kind: 'attached', body: AttachedBody.parse(body) };
  if (kind === 'check-collected') return { seq, at, kind: 'collected', body: CollectedCheck.parse(body) };
  if (kind === 'reverted') return { seq, at, kind: 'reverted', body: RevertedBody.parse(body) };
  if (choiceKinds.has(kind)) return { seq, at, kind: 'chosen', body: Choice.parse({ ...body, kind }) };
  return null;
};

/**
 * Which entry took back which: `reverted` by seq of what it took back. Only a reversal that stands counts, so taking a
 * reversal back brings its entry to life again.
 */
export const reversals = (events: readonly Event[]): Map<number, number> => {
  const revertedBy = new Map<number, number>();
  for (const event of [...events].reverse()) {
    if (event.kind === 'reverted' && !revertedBy.has(event.seq)) revertedBy.set(event.body.seq, event.seq);
  }
  return revertedBy;
};
