import { canonicalJson } from '../../../shared/canonical-json.ts';
import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import type {
  DeclaredValue,
  Executor,
  FingerprintValue,
  ReportedStatistic,
  RunPhase,
  RunReading,
  RunSample,
  ThroughputRun,
} from '../../../shared/model/throughput-run.ts';
import { sha256 } from '../../platform/hash.ts';
import { fewestForPercentile, percentile } from '../../statistics/percentile.ts';
import { nsToMs } from './quantity.ts';
import { type ResultFile, refusal } from './result-file.ts';

/** What a summary printed instead of its samples, in items per second or ms; `n` is null where the file has none. */
interface Summary {
  value: number;
  n: number | null;
  /** The key it was read from. */
  from: string;
}

type SampleDraft = Pick<RunSample, 'durationNs'> & Partial<RunSample>;

/** What an adapter found out about one run: exactly what the file says, in base units. */
export interface RunDraft {
  workload: string;
  definition: Record<string, unknown>;
  item: string;
  executor?: Partial<Executor>;
  fingerprint?: Record<string, FingerprintValue | null | undefined>;
  precision?: string | null;
  batch?: number | null;
  startedAt?: string | null;
  label?: string;
  phases?: RunPhase[];
  samples?: SampleDraft[];
  readings?: RunReading[];
  overlapping?: boolean;
  /** Set where each sample is the mean of several iterations: their tails cannot be seen. */
  averaged?: string;
  throughput?: Summary;
  latency?: { p50Ms?: Summary; p95Ms?: Summary; p99Ms?: Summary };
  /** Why there is no throughput or latency, where the file is the reason. */
  noThroughput?: string;
  noLatency?: string;
  reported?: ReportedStatistic[];
  declared?: DeclaredValue[];
  outputDigest?: string | null;
  /** The first few values of the output. */
  outputValues?: number[];
  invalidReasons?: string[];
  notes?: string[];
}

const level = 0.95;
const oneRun = 'one run has no interval of its own: the runs are the replicates';

const counts = (sample: RunSample) => sample.phase === 'measure' && sample.excluded === null;

const reported = ({ value, n, from }: Summary): Estimate => ({
  value,
  low: null,
  high: null,
  level,
  n: n ?? 0,
  method: `reported:${from}`,
  reason: `a summary of the file, no interval can be made${n === null ? ' and its n is not given' : ''}`,
});

const throughputOf = (draft: RunDraft, measured: RunSample[]): Estimate => {
  if (draft.throughput) return reported(draft.throughput);
  if (measured.length === 0 || draft.overlapping || draft.noThroughput) {
    return unknownEstimate(draft.noThroughput ?? 'the file has no throughput and no samples', 'items-over-time@1');
  }
  const items = measured.reduce((sum, sample) => sum + sample.items, 0);
  const ns = measured.reduce((sum, sample) => sum + sample.durationNs, 0);
  const value = (items / ns) * 1e9;
  return { value, low: null, high: null, level, n: measured.length, method: 'items-over-time@1', reason: oneRun };
};

const refusedPercentile = (p: number, n: number) => `p${p * 100} needs ${fewestForPercentile(p)} values: ${n}`;

const latencyOf = (draft: RunDraft, measured: RunSample[], p: number, summary: Summary | undefined): Estimate => {
  const method = 'percentile';
  if (summary) {
    const few = summary.n !== null && summary.n < fewestForPercentile(p);
    return few
      ? unknownEstimate(refusedPercentile(p, summary.n!), `reported:${summary.from}`, summary.n!)
      : reported(summary);
  }
  if (draft.noLatency) return unknownEstimate(draft.noLatency, method);
  if (draft.averaged) return unknownEstimate(draft.averaged, method, measured.length);
  if (measured.length === 0) return unknownEstimate('the file has no samples and does not print it', method);
  return percentile(
    measured.map((sample) => nsToMs(sample.durationNs)),
    p,
  );
};

/** SHA-256 over the fields that are known: two runs that both do not know a field agree on nothing by that. */
const fingerprintOf = (fields: RunDraft['fingerprint'] = {}): ThroughputRun['fingerprint'] => {
  const present = Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, FingerprintValue] => {
      const [, value] = entry;
      return (
        value !== null && value !== undefined && value !== '' && (typeof value !== 'number' || Number.isFinite(value))
      );
    }),
  );
  const known = Object.fromEntries(Object.entries(present).filter(([, value]) => typeof value !== 'object'));
  return { hash: sha256(canonicalJson(known)), fields: present };
};

const executorOf = ({ name = null, kind = 'unknown', driver = null, reason }: Partial<Executor> = {}): Executor => {
  const why = reason ?? (name === null || kind === 'unknown' ? 'the file does not say what ran it' : undefined);
  return { name, kind, driver, ...(why === undefined ? {} : { reason: why }) };
};

const mismatches = (declared: DeclaredValue[] = []): string[] =>
  declared
    .filter(({ equal }) => equal === false)
    .map(
      ({ name, declared: asked, executed }) => `methodology mismatch: ${asked} ${name} declared, ${executed} executed`,
    );

const unknownSettings = ({ precision, batch }: RunDraft): string[] => {
  const missing = [precision == null ? 'precision' : '', batch == null ? 'batch size' : ''].filter(Boolean);
  return missing.length > 0 ? [`not in the file: ${missing.join(', ')}`] : [];
};

export interface RunSource {
  file: ResultFile;
  format: string;
  sha256: string;
  /** Which run of the file, from 0. */
  index: number;
}

/** A run from what an adapter read. Steady state and throttling are judged later, where there are samples to judge by. */
export const importedRun = (draft: RunDraft, source: RunSource): ThroughputRun => {
  const samples = (draft.samples ?? []).map(
    (sample): RunSample => ({
      startNs: null,
      items: 1,
      deviceNs: null,
      phase: 'measure',
      excluded: null,
      ...sample,
    }),
  );
  if (
    samples.some(({ durationNs, items }) => !(durationNs > 0 && durationNs < Number.POSITIVE_INFINITY && items > 0))
  ) {
    throw refusal(source.file, `a duration or item count of ${draft.workload} is not above 0, measure it again`);
  }
  if (draft.throughput && !(draft.throughput.value > 0)) {
    throw refusal(source.file, `${draft.throughput.from} of ${draft.workload} is not above 0, measure it again`);
  }
  const measured = samples.filter(counts);
  const excluded = samples.length - measured.length;
  const invalidReasons = [...(draft.invalidReasons ?? []), ...mismatches(draft.declared)];
  return {
    schema: 'driftbench/throughput-run@1',
    id: `run-${sha256(`${source.format} ${source.sha256} ${source.index}`).slice(0, 16)}`,
    workload: { id: draft.workload, hash: sha256(canonicalJson(draft.definition)), definition: draft.definition },
    executor: executorOf(draft.executor),
    fingerprint: fingerprintOf(draft.fingerprint),
    precision: draft.precision ?? null,
    batch: draft.batch ?? null,
    startedAt: draft.startedAt ?? null,
    phases: draft.phases ?? [],
    warmup: {
      rule: samples.length > 0 ? 'as the harness declared it' : 'unknown',
      samplesExcluded: excluded,
      reason:
        samples.length > 0 ? 'samples of a warm-up phase and failed ones do not count' : 'the file has no samples',
    },
    steadyState: { reached: null, from: null, to: null, rule: 'not judged: imported as it is' },
    metrics: {
      throughput: throughputOf(draft, measured),
      latencyP50Ms: latencyOf(draft, measured, 0.5, draft.latency?.p50Ms),
      latencyP95Ms: latencyOf(draft, measured, 0.95, draft.latency?.p95Ms),
      latencyP99Ms: latencyOf(draft, measured, 0.99, draft.latency?.p99Ms),
      energyPerItemJ: unknownEstimate('the file has no energy', 'none'),
    },
    throttling: { share: null, reasons: ['no telemetry in the file'] },
    outputDigest: draft.outputDigest ?? null,
    ...(draft.outputValues?.length ? { outputValues: draft.outputValues } : {}),
    samples,
    readings: draft.readings ?? [],
    valid: invalidReasons.length === 0,
    invalidReasons,
    item: draft.item,
    ...(draft.label === undefined ? {} : { label: draft.label }),
    ...(draft.overlapping ? { overlapping: true } : {}),
    source: { format: source.format, file: source.file.name, sha256: source.sha256 },
    declared: draft.declared ?? [],
    reported: draft.reported ?? [],
    notes: [...(draft.notes ?? []), ...unknownSettings(draft)],
  };
};
