import { UserFault } from '../../../shared/errors.ts';
import { unknownEstimate } from '../../../shared/model/estimate.ts';
import type { ThroughputComparison } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { count, percent } from '../../../shared/units.ts';
import { mean } from '../../statistics/sample.ts';
import type { TimmSetup } from '../adapters/timm.ts';
import { compareTableRows, repeatedRow, type TableComparison, type TableRows } from '../compare-tables.ts';
import { fingerprintDifference } from '../fingerprint/difference.ts';
import { fingerprintEvidence } from './fingerprint-evidence.ts';
import { rankCauses } from './rank.ts';
import { sideFingerprint } from './side-fingerprint.ts';

/** Runs are rows of a table when all of them come from timm's files and a side has more than one model. */
export const areTables = (...sides: (readonly ThroughputRun[])[]): boolean =>
  sides.every((runs) => runs.every(({ source }) => source?.format === 'timm')) &&
  sides.some((runs) => new Set(runs.map(({ workload: { id } }) => id)).size > 1);

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const setupOf = (run: ThroughputRun | undefined): TimmSetup | null => {
  const { mode, precision, layout } = run?.workload.definition ?? {};
  const { gpu, torch, cuda } = run?.fingerprint.fields ?? {};
  const [m, p, l, g, to, cu] = [mode, precision, layout, gpu, torch, cuda].map(text);
  return m && p && l && g && to && cu ? { mode: m, precision: p, layout: l, gpu: g, torch: to, cuda: cu } : null;
};

/** The rows that runs were made from. Two files of different set-ups on one side are no one table. */
const tableOf = (runs: readonly ThroughputRun[], side: string): TableRows => {
  const setup = setupOf(runs[0]);
  const files = [...new Set(runs.map(({ source }) => source?.file ?? ''))];
  if (files.length > 1)
    throw new UserFault(`tables are compared one against one, name one file as ${side}: ${files.join(', ')}`);
  const rows = runs.map(({ workload: { definition }, batch, metrics }) => ({
    model: String(definition.model),
    imageSize: Number(definition.imageSize),
    batch: batch ?? Number.NaN,
    imagesPerSecond: metrics.throughput.value ?? Number.NaN,
  }));
  const twice = repeatedRow(rows);
  if (twice)
    throw new UserFault(
      `two rows of one model at one image size as ${side}, keep one of them: ${twice.model} ${twice.imageSize}`,
    );
  return { setup, rows };
};

const noSpread = 'one number a model and side has no interval: a list to look at, no verdict';

/** Rows whose own numbers contradict each other do not count on either side. */
const valid = (runs: readonly ThroughputRun[]) =>
  runs.filter((run) => run.valid && run.metrics.throughput.value !== null);

const geometric = (table: TableComparison, ratios: readonly number[]) => ({
  ...unknownEstimate(noSpread, 'geometric-mean-over-models@1', table.compared),
  value: ratios.length === 0 ? null : Math.exp(mean(ratios.map(Math.log))),
});

const summaryOf = (
  { comparable, reasons, common, compared, refused, slower }: TableComparison,
  delta: number,
): string =>
  comparable
    ? `${count(slower.length)} of ${count(compared)} models slower by more than ${percent(delta)}; ${count(common)} in both tables, ${count(refused.length)} of them refused for another batch size`
    : `the tables are not comparable: ${reasons.join('; ')}`;

/**
 * Two tables of one number a model (timm): the same model at the same image size, row by row. Another precision or layout refuses the whole, another batch size
 * the row. There is no verdict beyond "inconclusive": nothing is known of the spread. The rows stand in `tables`, not among the run summaries.
 */
export const compareRunTables = (
  baseline: readonly ThroughputRun[],
  candidate: readonly ThroughputRun[],
  settings: ThroughputComparison['settings'],
): ThroughputComparison => {
  const sides = { baseline: valid(baseline), candidate: valid(candidate) };
  const [before, now] = [tableOf(sides.baseline, 'baseline'), tableOf(sides.candidate, 'candidate')];
  const table = compareTableRows(before, now, settings.delta);
  const speeds = new Map(now.rows.map((row) => [`${row.model} ${row.imageSize} ${row.batch}`, row.imagesPerSecond]));
  const ratios = before.rows.flatMap((row) => {
    const other = speeds.get(`${row.model} ${row.imageSize} ${row.batch}`);
    return other === undefined ? [] : [other / row.imagesPerSecond];
  });
  const fingerprints = {
    baseline: sideFingerprint(sides.baseline),
    candidate: sideFingerprint(sides.candidate),
  };
  const differences = fingerprintDifference(fingerprints.baseline, fingerprints.candidate);
  const verdict = table.comparable ? 'inconclusive' : 'not comparable';
  const absent = unknownEstimate('one number a model: see the rows of the tables', 'none');
  const missing = table.comparable ? `${noSpread}; measure the models of interest several times on both sides` : null;
  const { comparable, reasons, common, compared, refused, slower } = table;
  return {
    schema: 'driftbench/throughput-comparison@1',
    comparable,
    reasons,
    settings,
    baseline: [],
    candidate: [],
    excludedRuns: [...invalidRows(baseline, 'baseline'), ...invalidRows(candidate, 'candidate')],
    metrics: comparable
      ? { throughput: { baseline: absent, candidate: absent, ratio: geometric(table, ratios), verdict, missing } }
      : {},
    noiseFloor: { value: null, sessions: 0, reason: 'tables have no sessions' },
    smallestDetectableEffect: null,
    smallestRegression: null,
    runsNeeded: null,
    cycles: { clockRatio: null, timeRatio: null, text: 'not known: tables have no telemetry' },
    outputs: { equal: null, maxRelativeError: null, reason: 'tables have no outputs' },
    concurrency: 'historical, not concurrent',
    verdict,
    provisional: true,
    summary: summaryOf(table, settings.delta),
    missing,
    workloads: [],
    fingerprints,
    fingerprintDifference: differences,
    readings: [],
    causes: comparable ? rankCauses(fingerprintEvidence(differences), slower.length > 0 ? 0.7 : 0.3) : [],
    remarks: [`rows of the tables, not repeated as runs: ${count(baseline.length)} and ${count(candidate.length)}`],
    tables: { common, compared, refused, slower },
  };
};

const invalidRows = (runs: readonly ThroughputRun[], side: 'baseline' | 'candidate') =>
  runs.filter((run) => !run.valid).map(({ id, invalidReasons }) => ({ id, side, reasons: invalidReasons }));
