import { Cancelled, UserFault } from '../shared/errors.ts';
import type { Checklist } from '../shared/model/checklist.ts';
import type {
  Attachments,
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
import { dayRange } from '../shared/units.ts';
import { version } from '../shared/version.ts';
import type { OpenDataset } from './accuracy/open-dataset.ts';
import type { AccuracyWork } from './accuracy-work.ts';
import type { DatasetWork } from './dataset-work.ts';
import { type Evidence, gatherEvidence } from './gathered-evidence.ts';
import type { ChosenChecklist } from './investigations/checklist-file.ts';
import type { Log, LogDraft } from './investigations/log.ts';
import { createShelf } from './investigations/shelf.ts';
import { createChanges } from './investigations/watch.ts';
import type { ArtifactStore } from './platform/artifact-store.ts';
import type { Clock } from './platform/clock.ts';
import { sha256 } from './platform/hash.ts';

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

interface Parts {
  datasets: DatasetWork;
  accuracy: AccuracyWork;
  log: Log;
  artifacts: ArtifactStore;
  clock: Clock;
  /** The checklist a new investigation begins with. */
  chooseChecklist(): Promise<ChosenChecklist>;
}

/** Entries that belong together are written together: an opening that was cut short left nothing. */
export const createInvestigationWork = (parts: Parts): InvestigationWork => {
  const { datasets, accuracy, log, artifacts, clock } = parts;
  const shelf = createShelf(log, artifacts);
  const changes = createChanges(clock);

  const told = (investigation: Investigation): Investigation => {
    changes.tell();
    return investigation;
  };

  const documentsOf = (attachments: Attachments): InvestigationDocuments => {
    const read = (name: string) => JSON.parse(artifacts.get(name)) as never;
    const { comparison, timeline, series, segmentSeries } = attachments;
    return {
      comparison: read(comparison),
      timeline: read(timeline),
      series: read(series),
      segmentSeries: segmentSeries === null ? null : read(segmentSeries),
    };
  };

  const statementsOf = ({ statements }: Attachments) => JSON.parse(artifacts.get(statements)) as Statement[];

  const gather = (dataset: OpenDataset, request: CompareRequest, work: Work, before?: Investigation) =>
    gatherEvidence(dataset, request, { accuracy, artifacts, work, ...(before ? { before } : {}) });

  const attached = async (
    id: string,
    checklist: Checklist,
    request: CompareRequest,
    { attachments, documents }: Evidence,
  ): Promise<LogDraft[]> => {
    const [{ collectChecks }, { accuracyProviders }] = await Promise.all([
      import('./investigations/collect.ts'),
      import('./accuracy/checks/providers.ts'),
    ]);
    const { verdict, summary } = documents.comparison;
    return [
      { kind: 'evidence-attached', subject: id, body: { attachments, request, verdict, summary } },
      ...collectChecks(checklist, accuracyProviders, documents, attachments).map((check) => ({
        kind: 'check-collected',
        subject: id,
        body: { ...check },
      })),
    ];
  };

  const record = (drafts: LogDraft[], id: string, work: Work): Investigation => {
    if (work.signal.aborted) throw new Cancelled();
    log.appendAll(drafts);
    return told(shelf.get(id));
  };

  return {
    open: (request, title, work) =>
      datasets.use(request.dataset, async (dataset) => {
        // A checklist that cannot be read says so before anybody waits for numbers.
        const chosen = await parts.chooseChecklist();
        const id = clock.newId().replaceAll('-', '').slice(0, 12);
        const evidence = await gather(dataset, request, work);
        const { checklist, text, origin } = chosen;
        const { from, to } = request.current;
        const body = {
          axis: 'accuracy',
          title: title?.trim() || `${dataset.name}, ${dayRange(from, to)}`,
          dataset: { id: dataset.id, name: dataset.name, sha256: dataset.sha256 },
          request,
          checklist: { id: checklist.id, version: checklist.version, sha256: artifacts.put(text), origin },
        };
        const drafts = await attached(id, checklist, request, evidence);
        return record([{ kind: 'investigation-opened', subject: id, body }, ...drafts], id, work);
      }),
    compare: async (id, request, work) => {
      const before = shelf.get(id);
      if (request.dataset !== before.dataset.id) {
        throw new UserFault(`an investigation stays with its dataset, open another one for: ${request.dataset}`);
      }
      return datasets.use(request.dataset, async (dataset) => {
        const evidence = await gather(dataset, request, work, before);
        return record(await attached(id, shelf.checklist(before.checklist.sha256), request, evidence), id, work);
      });
    },
    list: shelf.list,
    get: shelf.get,
    documents: (id) => documentsOf(shelf.get(id).attachments),
    statements: (id) => statementsOf(shelf.get(id).attachments),
    choose: (id, choice) =>
      told(
        shelf.choose(id, choice, () => {
          const { segments } = documentsOf(shelf.get(id).attachments).comparison;
          return new Set(segments.flatMap(({ segment }) => Object.keys(segment)));
        }),
      ),
    undo: (id, seq) => told(shelf.undo(id, seq)),
    history: (id) => shelf.history(id),
    watch: (id, signal) => changes.watch(() => shelf.head(id), signal),
    report: async (id, seq) => {
      const { build } = await import('./reports/build.ts');
      const investigation = shelf.get(id, seq);
      const { html, json } = build({
        investigation,
        documents: documentsOf(investigation.attachments),
        statements: statementsOf(investigation.attachments),
        history: shelf.history(id, seq),
        producer: { version },
      });
      return {
        investigation: id,
        seq: investigation.seq,
        html,
        json,
        htmlSha256: sha256(html),
        jsonSha256: sha256(json),
      };
    },
    close: changes.close,
  };
};
