import { UserFault } from '../shared/errors.ts';
import type { CheckedItem } from '../shared/model/checklist.ts';
import type { History, HistoryRequest } from '../shared/model/history.ts';
import type { ThroughputCompareRequest, ThroughputComparison } from '../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../shared/model/throughput-run.ts';
import { version } from '../shared/version.ts';
import { visibleText } from '../shared/visible-text.ts';
import type { ChosenChecklist } from './investigations/checklist-file.ts';
import type { Log } from './investigations/log.ts';
import type { ArtifactStore } from './platform/artifact-store.ts';
import type { LoggedComparison } from './throughput/compare/reversal.ts';
import type { SelectedRuns } from './throughput/compare/select-runs.ts';
import type { RunStore } from './throughput/runs/store.ts';

interface DecisionDeps {
  store: RunStore;
  log: Log;
  artifacts: ArtifactStore;
  /** The checklist that a comparison is held against. */
  chooseChecklist(): Promise<ChosenChecklist>;
  /** The runs in a result file, not kept yet. */
  readFile(path: string): Promise<ThroughputRun[]>;
}

const fixedKind = 'throughput-settings-fixed';
const comparedKind = 'throughput-compared';

/** Earlier comparisons that are looked through for one that this one reverses. */
const remembered = 200;
/** More runs than these are not named one by one in the log. */
const mostNamed = 200;

/** Tables of one number a model stay in their files, thousands of rows that nobody measures again; other runs are kept. */
const kept = async (
  store: RunStore,
  { ids, read }: SelectedRuns,
): Promise<{ ids: string[]; runs: ThroughputRun[] }> => {
  const { areTables } = await import('./throughput/compare/tables.ts');
  const stored = await Promise.all(ids.map((id) => store.get(id)));
  if (read.length > 0 && !areTables(read)) await store.record(read);
  const runs = [...stored, ...read];
  return { ids: runs.map(({ id }) => id), runs };
};

const documents = (store: RunStore, ids: readonly string[]): Promise<ThroughputRun[]> =>
  Promise.all(ids.map((id) => store.document(id)));

/** What the checklist's automatic steps find in a comparison, beside what each step asks. */
const checksOf = async (
  { checklist }: ChosenChecklist,
  comparison: ThroughputComparison,
  artifact: string,
): Promise<CheckedItem[]> => {
  const [{ collectChecks }, { throughputProviders }] = await Promise.all([
    import('./investigations/collect.ts'),
    import('./throughput/checks/providers.ts'),
  ]);
  const items = new Map(checklist.items.map((item) => [item.id, item]));
  return collectChecks(checklist, throughputProviders, { comparison }, { comparison: artifact }).flatMap((check) => {
    const item = items.get(check.item);
    if (!item) return [];
    const { question, expected, remedy } = item;
    return [{ ...check, question, expected, remedy }];
  });
};

/** Runs held against a baseline, with the rules on the record before anybody has seen a number. */
export const compareRecorded = async (
  { store, log, artifacts, chooseChecklist, readFile }: DecisionDeps,
  request: ThroughputCompareRequest,
): Promise<ThroughputComparison> => {
  const [{ compareThroughput }, { selectRuns }, { reversalOf }, { metricOf }, { summaryOf }, { kindOf }] =
    await Promise.all([
      import('./throughput/compare/compare-throughput.ts'),
      import('./throughput/compare/select-runs.ts'),
      import('./throughput/compare/reversal.ts'),
      import('./throughput/compare/metric-name.ts'),
      import('./throughput/runs/summary.ts'),
      import('./platform/files.ts'),
    ]);
  const { baseline: baselineNames, candidate: candidateNames, ...settings } = request;
  metricOf(settings.metric);
  // A checklist that cannot be read says so before anybody waits for numbers.
  const chosen = await chooseChecklist();
  const select = async (names: readonly string[]) =>
    kept(
      store,
      await selectRuns(names, {
        runs: store.list(),
        isFile: async (path) => (await kindOf(path)) === 'file',
        readFile,
      }),
    );
  const { ids: baseline, runs: before } = await select(baselineNames);
  const { ids: candidate, runs: now } = await select(candidateNames);
  const named = new Set([...baseline, ...candidate]);
  // Long lists are tables, whose files say more than the ids of their rows.
  const sides = named.size > mostNamed ? { files: [...baselineNames, ...candidateNames] } : { baseline, candidate };
  const [subject = ''] = baseline;
  const fixed = log.append({ kind: fixedKind, subject, body: { settings, ...sides, version } });
  const all = store.list();
  const summaries = new Map(all.map((summary) => [summary.id, summary]));
  const hashes = new Set(now.map(({ workload }) => workload.hash));
  const alike = all.filter(({ id, valid, workload }) => valid && hashes.has(workload.hash) && !named.has(id));
  const found = compareThroughput({
    baseline: before,
    candidate: now,
    settings,
    earlier: await documents(
      store,
      alike.map(({ id }) => id),
    ),
    summaryOf: (run) => summaries.get(run.id) ?? { ...summaryOf(run), recordedAt: fixed.at, baseline: false },
  });
  const earlier = log.entries({ kind: comparedKind, limit: remembered });
  const reversal = reversalOf(
    earlier,
    { baseline, candidate, verdict: found.verdict },
    (id) => summaries.get(id)?.startedAt,
  );
  const comparison =
    reversal === undefined ? found : { ...found, reversal, remarks: [reversal.text, ...found.remarks] };
  const artifact = artifacts.put(JSON.stringify(comparison));
  const checks = await checksOf(chosen, comparison, artifact);
  const { verdict, summary } = comparison;
  const logged: LoggedComparison = { settings: fixed.seq, ...sides, verdict, summary, artifact };
  const { checklist, text, origin } = chosen;
  log.append({
    kind: comparedKind,
    subject,
    body: {
      ...logged,
      ...(reversal === undefined ? {} : { reversal }),
      checklist: { id: checklist.id, version: checklist.version, sha256: artifacts.put(text), origin },
      checks: artifacts.put(JSON.stringify(checks)),
    },
  });
  return { ...comparison, checks };
};

/** Change points in a file, or in the runs of a workload of the workspace. */
export const historyOf = async (store: RunStore, { source, ...settings }: HistoryRequest): Promise<History> => {
  const { throughputHistory } = await import('./throughput/history/throughput-history.ts');
  if ('file' in source) {
    const [{ seriesInFile }, { textOfResultFile }] = await Promise.all([
      import('./throughput/history/series-file.ts'),
      import('./throughput/runs/import-files.ts'),
    ]);
    return throughputHistory(seriesInFile(await textOfResultFile(source.file), source.file), settings);
  }
  const { seriesOfRuns } = await import('./throughput/history/series-runs.ts');
  const all = store.list();
  const ids = all.flatMap(({ id, workload }) =>
    workload.id === source.workload || workload.hash === source.workload ? [id] : [],
  );
  if (ids.length === 0) {
    const known = [...new Set(all.map(({ workload }) => workload.id))];
    const choice = known.length > 0 ? `there are runs of ${known.join(', ')}` : 'there are no runs yet';
    throw new UserFault(`no run of this workload in the workspace, ${choice}: ${visibleText(source.workload)}`);
  }
  return throughputHistory(seriesOfRuns(await documents(store, ids.reverse())), settings);
};
