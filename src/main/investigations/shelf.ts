import { WorkbenchError } from '../../shared/errors.ts';
import type { Checklist } from '../../shared/model/checklist.ts';
import type { Choice, HistoryLine, Investigation, InvestigationSummary } from '../../shared/model/investigation.ts';
import type { LogEntry } from '../../shared/model/log-entry.ts';
import type { ArtifactStore } from '../platform/artifact-store.ts';
import { storedChecklist } from './checklist-text.ts';
import { changesNothing, choiceFault } from './choice-fault.ts';
import type { Log } from './log.ts';
import { checklistOf, historyOf, project } from './project.ts';

/** The investigations of a log, read and continued. */
export interface Shelf {
  get(id: string, seq?: number): Investigation;
  list(): InvestigationSummary[];
  history(id: string, seq?: number): HistoryLine[];
  /** The number of the last entry. */
  head(id: string): number;
  checklist(sha256: string): Checklist;
  /** `columns`: what a segment may be made of. */
  choose(id: string, choice: Choice, columns: () => ReadonlySet<string>): Investigation;
  undo(id: string, seq?: number): Investigation;
}

/** Entries of one subject read at most: more than a person makes in a lifetime. */
const everyEntry = 1_000_000;
const listed = 200;

const unknown = (id: string): WorkbenchError => new WorkbenchError('NOT_FOUND', `unknown investigation: ${id}`);
const refused = (sentence: string): WorkbenchError => new WorkbenchError('BAD_INPUT', sentence);

export const createShelf = (log: Log, artifacts: ArtifactStore): Shelf => {
  const checklists = new Map<string, Checklist>();

  const checklist = (sha256: string): Checklist => {
    const known = checklists.get(sha256) ?? storedChecklist(artifacts.get(sha256));
    checklists.set(sha256, known);
    return known;
  };

  const entriesOf = (id: string, seq?: number): LogEntry[] => {
    const entries = log.entries({ subject: id, limit: everyEntry }).reverse();
    return seq === undefined ? entries : entries.filter((entry) => entry.seq <= seq);
  };

  const stateOf = (entries: readonly LogEntry[], id: string): Investigation | null => {
    const sha256 = checklistOf(entries);
    return sha256 === null ? null : project(entries, id, checklist(sha256));
  };

  const get: Shelf['get'] = (id, seq) => {
    const found = stateOf(entriesOf(id, seq), id);
    if (!found) throw unknown(id);
    return found;
  };

  const history: Shelf['history'] = (id, seq) => {
    const lines = historyOf(entriesOf(id, seq));
    if (lines.length === 0) throw unknown(id);
    return lines;
  };

  const undo: Shelf['undo'] = (id, seq) => {
    const target = seq ?? get(id).undoable?.seq;
    if (target === undefined) throw refused('nothing to take back');
    const line = history(id).find((one) => one.seq === target);
    if (!line) throw refused(`not an entry of this investigation: ${target}`);
    if (line.revertedBy !== null) throw refused(`already taken back by entry ${line.revertedBy}: ${target}`);
    if (!line.revertible) throw refused(`cannot be taken back, only choices can: ${target}`);
    log.revert(target);
    return get(id);
  };

  return {
    get,
    list: () =>
      log.entries({ kind: 'investigation-opened', limit: listed }).flatMap(({ subject }) => {
        const entries = entriesOf(subject);
        const found = stateOf(entries, subject);
        if (!found) return [];
        const { id, axis, title, openedAt, dataset, verdict, summary, conclusion } = found;
        const changedAt = entries.at(-1)?.at ?? openedAt;
        const concluded = conclusion !== null;
        return [{ id, axis, title, openedAt, dataset, verdict, summary, changedAt, concluded }];
      }),
    history,
    head: (id) => {
      const [last] = log.entries({ subject: id, limit: 1 });
      if (!last || !log.latest(id, 'investigation-opened')) throw unknown(id);
      return last.seq;
    },
    checklist,
    choose: (id, choice, columns) => {
      const before = get(id);
      const fault = choiceFault(before, choice, choice.kind === 'segment-chosen' ? columns() : new Set());
      if (fault !== null) throw refused(fault);
      if (changesNothing(before, choice)) return before;
      const { kind, ...body } = choice;
      log.append({ kind, subject: id, body });
      return get(id);
    },
    undo,
  };
};
