import type { AnsweredCheck, CheckLine, Checklist, CollectedCheck } from '../../shared/model/checklist.ts';
import type { Choice, HistoryLine, Investigation } from '../../shared/model/investigation.ts';
import type { LogEntry } from '../../shared/model/log-entry.ts';
import { type AttachedBody, type Event, eventOf, type OpenedBody, reversals } from './entries.ts';
import { eventText } from './event-text.ts';

/** What the surviving entries add up to, before the checklist is laid over it. */
interface Ground {
  title: string;
  evidence: AttachedBody;
  collected: Map<string, CollectedCheck>;
  answered: Map<string, AnsweredCheck>;
  completed: Map<string, string>;
  segment: Investigation['segment'];
  conclusion: Investigation['conclusion'];
}

/** A choice of a person, or windows chosen anew: what undo takes back. */
const isRevertible = (event: Event, first: Event | undefined): boolean =>
  event.kind === 'chosen' || event.kind === 'reverted' || (event.kind === 'attached' && event !== first);

interface Reading {
  opened: OpenedBody;
  openedAt: string;
  events: Event[];
  revertedBy: Map<number, number>;
  /** The evidence it was opened with, which cannot be taken back. */
  first: Event;
  head: LogEntry;
}

/** Null when there is nothing to show: another subject, or an opening that never finished. */
const read = (entries: readonly LogEntry[]): Reading | null => {
  const events = entries.flatMap((entry) => eventOf(entry) ?? []);
  const opened = events.find((event) => event.kind === 'opened');
  const first = events.find((event) => event.kind === 'attached');
  const head = entries.at(-1);
  if (opened?.kind !== 'opened' || !first || !head) return null;
  return { opened: opened.body, openedAt: opened.at, events, revertedBy: reversals(events), first, head };
};

/** The hash of the checklist an investigation was opened with, or null when it is none. */
export const checklistOf = (entries: readonly LogEntry[]): string | null =>
  read(entries)?.opened.checklist.sha256 ?? null;

/**
 * An investigation is the fold of its log entries, oldest first, and nothing else.
 * New windows are new evidence: the segment, completed phases and the conclusion that rested on the old are put aside,
 * and so are answers to automatic items; what a person said about manual items stays.
 */
export const project = (entries: readonly LogEntry[], id: string, checklist: Checklist): Investigation | null => {
  const reading = read(entries);
  if (!reading) return null;
  const { opened, openedAt, head } = reading;
  const ground = fold(reading, checklist);
  const lines = checklist.items.map((item) => lineOf(item, ground));
  return {
    id,
    axis: opened.axis,
    title: ground.title,
    openedAt,
    seq: head.seq,
    head: head.hash,
    dataset: opened.dataset,
    request: ground.evidence.request,
    attachments: ground.evidence.attachments,
    verdict: ground.evidence.verdict,
    summary: ground.evidence.summary,
    segment: ground.segment,
    checklist: {
      id: checklist.id,
      version: checklist.version,
      title: checklist.title,
      sha256: opened.checklist.sha256,
      origin: opened.checklist.origin,
      phases: checklist.phases.map((phase) => ({
        ...phase,
        completedAt: undecidedItems(lines, phase.id).length > 0 ? null : (ground.completed.get(phase.id) ?? null),
      })),
      symptoms: checklist.symptoms,
      lines,
    },
    conclusion: ground.conclusion,
    undoable: undoable(reading),
  };
};

/** Items of a phase that nothing and nobody has decided. */
export const undecidedItems = (lines: readonly CheckLine[], phase: string): string[] =>
  lines.filter(({ item, by }) => item.phase === phase && by === null).map(({ item }) => item.id);

const fold = ({ opened, events, revertedBy, first }: Reading, checklist: Checklist): Ground => {
  const manual = new Set(checklist.items.filter(({ evidence }) => evidence === 'person').map(({ id }) => id));
  const ground: Ground = {
    title: opened.title,
    evidence: first.body as AttachedBody,
    collected: new Map(),
    answered: new Map(),
    completed: new Map(),
    segment: null,
    conclusion: null,
  };
  // What was collected belongs to the evidence attached right before it, also when that was taken back.
  let standing = true;
  for (const event of events) {
    const alive = !revertedBy.has(event.seq);
    if (event.kind === 'attached') {
      standing = alive;
      if (alive && event !== first) renew(ground, event.body, manual);
    } else if (event.kind === 'collected' && alive && standing) {
      ground.collected.set(event.body.item, event.body);
    } else if (event.kind === 'chosen' && alive) {
      choose(ground, event.body, event);
    }
  }
  return ground;
};

const renew = (ground: Ground, evidence: AttachedBody, manual: ReadonlySet<string>): void => {
  ground.evidence = evidence;
  ground.collected.clear();
  ground.completed.clear();
  ground.segment = null;
  ground.conclusion = null;
  for (const item of ground.answered.keys()) if (!manual.has(item)) ground.answered.delete(item);
};

const choose = (ground: Ground, choice: Choice, { at, seq }: { at: string; seq: number }): void => {
  if (choice.kind === 'segment-chosen') ground.segment = choice.segment;
  else if (choice.kind === 'title-changed') ground.title = choice.title;
  else if (choice.kind === 'phase-completed') ground.completed.set(choice.phase, at);
  else if (choice.kind === 'conclusion-written') ground.conclusion = { ...choice.conclusion, at };
  else {
    const { item, status, sentence } = choice;
    ground.answered.set(item, { item, status, sentence, at, seq });
  }
};

const lineOf = (item: Checklist['items'][number], { collected, answered }: Ground): CheckLine => {
  const found = collected.get(item.id) ?? null;
  const answer = answered.get(item.id) ?? null;
  if (answer) {
    const reason = answer.status === 'NOT DONE' ? { reason: answer.sentence } : {};
    return { item, status: answer.status, by: 'person', collected: found, answered: answer, ...reason };
  }
  if (found && found.status !== 'NOT DONE') {
    return { item, status: found.status, by: 'evidence', collected: found, answered: null };
  }
  const unread = item.evidence === 'person' ? 'nobody has answered yet' : 'no evidence was collected';
  const reason = found?.reason ?? unread;
  return { item, status: 'NOT DONE', by: null, collected: found, answered: null, reason };
};

const undoable = ({ events, revertedBy, first }: Reading): Investigation['undoable'] => {
  const last = events.findLast(
    (event) => event.kind !== 'reverted' && isRevertible(event, first) && !revertedBy.has(event.seq),
  );
  return last ? { seq: last.seq, text: eventText(last) } : null;
};

/** Every entry in words, oldest first. */
export const historyOf = (entries: readonly LogEntry[]): HistoryLine[] => {
  const reading = read(entries);
  if (!reading) return [];
  const { events, revertedBy, first } = reading;
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  return entries.map(({ seq, at, kind, hash }) => {
    const event = bySeq.get(seq);
    return {
      seq,
      at,
      kind,
      text: event ? eventText(event, bySeq) : `an entry this version does not know: ${kind}`,
      hash,
      revertedBy: revertedBy.get(seq) ?? null,
      revertible: event !== undefined && isRevertible(event, first) && !revertedBy.has(seq),
    };
  });
};
