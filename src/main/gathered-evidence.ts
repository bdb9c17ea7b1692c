import { worstSegment } from '../shared/accuracy-words.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Attachments, Investigation, InvestigationDocuments, Statement } from '../shared/model/investigation.ts';
import type { Work } from '../shared/model/progress.ts';
import { CompareRequest, type SeriesRequest } from '../shared/model/request.ts';
import type { AccuracySeries } from '../shared/model/series.ts';
import { type SeriesChunk, suitableChunk } from '../shared/series-chunk.ts';
import type { OpenDataset } from './accuracy/open-dataset.ts';
import type { AccuracyWork } from './accuracy-work.ts';
import type { ArtifactStore } from './platform/artifact-store.ts';
import { recording } from './recorded-database.ts';

/** What one comparison leaves: its documents, and the artefacts that hold them. */
export interface Evidence {
  attachments: Attachments;
  documents: InvestigationDocuments;
}

interface Surroundings {
  accuracy: AccuracyWork;
  artifacts: ArtifactStore;
  work: Work;
  /** The investigation as it stood: what its series still answers is not computed again. */
  before?: Investigation;
}

const dayMs = 86_400_000;
/** Chunks a person can still tell apart on a screen. */
const mostChunks = 190;
const chunks: readonly SeriesChunk[] = ['1d', '1w', '1mo'];

/** Days where they fit, else weeks, else months; coarser where `atLeast` says so. */
const chunkOver = ({ firstDay, lastDay }: OpenDataset, atLeast: SeriesChunk = '1d'): SeriesChunk => {
  const days = (Date.parse(lastDay) - Date.parse(firstDay)) / dayMs + 1;
  const fits = days <= mostChunks ? '1d' : days <= 7 * mostChunks ? '1w' : '1mo';
  return chunks[Math.max(chunks.indexOf(fits), chunks.indexOf(atLeast))] ?? fits;
};

/** What a series depends on; the current window is not part of it. */
const seriesRequest = (dataset: OpenDataset, request: CompareRequest): SeriesRequest => {
  const { reference, asOf, metric, seed, within } = request;
  return {
    dataset: request.dataset,
    reference,
    chunk: chunkOver(dataset),
    seed,
    ...(asOf === undefined ? {} : { asOf }),
    ...(metric === undefined ? {} : { metric }),
    ...(within === undefined ? {} : { within }),
  };
};

const statementsIn = (text: string): Statement[] => JSON.parse(text) as Statement[];

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** Compares, and computes everything a checklist, a window or a report asks of the result; all of it is stored. */
export const gatherEvidence = async (
  dataset: OpenDataset,
  asked: CompareRequest,
  { accuracy, artifacts, work, before }: Surroundings,
): Promise<Evidence> => {
  const request = CompareRequest.parse(asked);
  const sql = recording(dataset.database);
  const part = (name: string): OpenDataset => ({ ...dataset, database: sql.of(name) });
  const step = (name: string, done: number) => work.progress({ step: name, done, total: 3, unit: 'documents' });

  const comparison = await accuracy.compareOpen(part('comparison'), request, work);
  step('timeline', 0);
  const [{ timeline: timelineOf }, { series: seriesOf }] = await Promise.all([
    import('./accuracy/timeline.ts'),
    import('./accuracy/series.ts'),
  ]);
  const timeline = await timelineOf(part('timeline'), request.asOf);
  step('series', 1);
  const wanted = seriesRequest(dataset, request);
  const known = before && same(seriesRequest(dataset, before.request), wanted) ? before.attachments : null;
  const series = known
    ? (JSON.parse(artifacts.get(known.series)) as AccuracySeries)
    : await seriesOf(part('series'), wanted, work);
  step('series of the worst segment', 2);
  const worst = worstSegment(comparison);
  const segmentSeries = worst
    ? await seriesOf(
        part('segmentSeries'),
        {
          ...wanted,
          chunk: chunkOver(dataset, suitableChunk(comparison, worst.segment)),
          within: { ...request.within, ...worst.segment },
        },
        work,
      )
    : null;

  // A series taken over keeps the SQL it was made with.
  const kept = known ? statementsIn(artifacts.get(known.statements)).filter(({ part: name }) => name === 'series') : [];
  const stored = (document: unknown): string => artifacts.put(JSON.stringify(document));
  return {
    documents: { comparison, timeline, series, segmentSeries },
    attachments: {
      comparison: stored(comparison),
      timeline: stored(timeline),
      series: stored(series),
      segmentSeries: segmentSeries && stored(segmentSeries),
      statements: stored([...sql.statements(), ...kept]),
    },
  };
};
