import { WorkbenchError } from '../shared/errors.ts';
import type {
  Choice,
  HistoryLine,
  Investigation,
  InvestigationDocuments,
  InvestigationSummary,
  Statement,
} from '../shared/model/investigation.ts';
import type { Work } from '../shared/model/progress.ts';
import type { BuiltReport } from '../shared/model/report.ts';
import type { CompareRequest } from '../shared/model/request.ts';

/** Investigations of a workspace: every change is an entry of the log, every state a fold of its entries. */
export interface InvestigationWork {
  open(request: CompareRequest, title: string | undefined, work: Work): Promise<Investigation>;
  compare(id: string, request: CompareRequest, work: Work): Promise<Investigation>;
  list(): InvestigationSummary[];
  get(id: string, seq?: number): Investigation;
  documents(id: string): InvestigationDocuments;
  statements(id: string): Statement[];
  choose(id: string, choice: Choice): Investigation;
  undo(id: string, seq?: number): Investigation;
  history(id: string): HistoryLine[];
  watch(id: string, signal?: AbortSignal): AsyncGenerator<{ seq: number }>;
  report(id: string, seq?: number): Promise<BuiltReport>;
  /** Ends every watcher. */
  close(): void;
}

export const createInvestigationWork = (): InvestigationWork => {
  const missing = (): never => {
    throw new WorkbenchError('UNAVAILABLE', 'investigations are not available yet');
  };
  return {
    open: async () => missing(),
    compare: async () => missing(),
    list: () => [],
    get: missing,
    documents: missing,
    statements: missing,
    choose: missing,
    undo: missing,
    history: missing,
    // biome-ignore lint/correctness/useYield: nothing to watch yet
    watch: async function* () {
      missing();
    },
    report: async () => missing(),
    close: () => undefined,
  };
};
