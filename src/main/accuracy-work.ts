import type { AccuracyComparison } from '../shared/model/comparison.ts';
import type { Work } from '../shared/model/progress.ts';
import { RecentAnalysis, type RecentWork } from '../shared/model/recent.ts';
import type { CompareRequest, SeriesRequest, SliceRequest } from '../shared/model/request.ts';
import type { AccuracySeries } from '../shared/model/series.ts';
import { version } from '../shared/version.ts';
import type { OpenDataset } from './accuracy/open-dataset.ts';
import type { DatasetWork } from './dataset-work.ts';
import type { Log } from './investigations/log.ts';
import type { ArtifactStore } from './platform/artifact-store.ts';

/** Comparisons and series over the datasets of a workspace, each comparison with its trace in the log. */
export interface AccuracyWork {
  compare(request: CompareRequest, work: Work): Promise<AccuracyComparison>;
  /** The same over a dataset that is already open. */
  compareOpen(dataset: OpenDataset, request: CompareRequest, work: Work): Promise<AccuracyComparison>;
  /** A comparison nobody decides by: no entry, no artefact. */
  slice(request: SliceRequest, work: Work): Promise<AccuracyComparison>;
  series(request: SeriesRequest, work: Work): Promise<AccuracySeries>;
  recent(): Promise<RecentWork>;
}

const shown = 20;

export const createAccuracyWork = (datasets: DatasetWork, log: Log, artifacts: ArtifactStore): AccuracyWork => {
  const compareOpen: AccuracyWork['compareOpen'] = async (dataset, request, work) => {
    const [{ compare }, { defaultMetric }] = await Promise.all([
      import('./accuracy/compare.ts'),
      import('./accuracy/metrics/catalogue.ts'),
    ]);
    const { id, name, sha256 } = dataset;
    // The rules are on the record before anybody has seen a number.
    const metric = request.metric ?? defaultMetric(dataset.spec.task);
    const settings = log.append({ kind: 'settings-fixed', subject: id, body: { sha256, metric, request, version } });
    const comparison = await compare(dataset, request, work);
    const artifact = artifacts.put(JSON.stringify(comparison));
    const { verdict, summary } = comparison;
    log.append({
      kind: 'comparison-finished',
      subject: id,
      body: { settings: settings.seq, dataset: { id, name }, request, artifact, verdict, summary },
    });
    return comparison;
  };
  return {
    compare: (request, work) => datasets.use(request.dataset, (dataset) => compareOpen(dataset, request, work)),
    compareOpen,
    slice: (request, work) =>
      datasets.use(request.dataset, async (dataset) => {
        const { compare } = await import('./accuracy/compare.ts');
        return compare(dataset, request, work);
      }),
    series: (request, work) =>
      datasets.use(request.dataset, async (dataset) => {
        const { series } = await import('./accuracy/series.ts');
        return series(dataset, request, work);
      }),
    recent: async () => {
      const analyses: RecentAnalysis[] = [];
      const seen = new Set<string>();
      for (const { at, body } of log.entries({ kind: 'comparison-finished', limit: 200 })) {
        const parsed = RecentAnalysis.safeParse({ ...body, at });
        // Entries of an older shape stay in the log; this list is only a convenience.
        if (!parsed.success || analyses.length === shown) continue;
        const key = JSON.stringify(parsed.data.request);
        if (!seen.has(key)) analyses.push(parsed.data);
        seen.add(key);
      }
      const found = await datasets.list();
      const ids = new Set(found.map(({ id }) => id));
      const byTime = [...found].sort((a, b) => (a.importedAt < b.importedAt ? 1 : -1));
      return { datasets: byTime.slice(0, shown), analyses: analyses.filter(({ dataset }) => ids.has(dataset.id)) };
    },
  };
};
