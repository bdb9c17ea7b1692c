import { canonicalJson } from '../../../shared/canonical-json.ts';
import type {
  DeclaredValue,
  Executor,
  FingerprintValue,
  RunSample,
  RunSession,
  ThroughputRun,
} from '../../../shared/model/throughput-run.ts';
import type { WorkloadDefinition } from '../../../shared/model/workload.ts';
import { decimal } from '../../../shared/units.ts';
import { sha256 } from '../../platform/hash.ts';
import type { RunnerEnd } from '../../platform/runner-process.ts';
import { fingerprintHash } from '../fingerprint/field.ts';
import type { RunnerStream } from '../runner-stream.ts';
import type { Energy } from '../telemetry/energy.ts';
import type { TelemetryRecord } from '../telemetry/sampler.ts';
import { type MarkedSamples, markSamples } from './measured-samples.ts';
import { iterationsOf, metricsOf, overlap } from './run-metrics.ts';
import { energyIn, type RunTelemetry, type Span, stretchesIn, telemetryOf, throttlingOf } from './run-telemetry.ts';
import { invalidReasonsOf, type OutputExpectation } from './validity.ts';

/** Everything that is known after a runner has ended. */
export interface RunEvidence {
  id: string;
  workload: { id: string; definition: WorkloadDefinition };
  precision: string | null;
  batch: number | null;
  item: string;
  /** Items of one iteration; the batch where it is not known. */
  perIteration: number | null;
  startedAt: string;
  label?: string;
  session?: RunSession;
  stream: RunnerStream;
  end: RunnerEnd;
  /** The end of stderr. */
  log: string;
  /** When the process began and ended, on the clock of the telemetry. */
  startedNs: number;
  endedNs: number;
  /** From the clock of the samples to the clock of the telemetry. */
  clockOffsetNs: number | null;
  telemetry: TelemetryRecord | null;
  fingerprint: ThroughputRun['fingerprint'];
  /** UUID of the GPU that was used, where it is known. */
  device: string | null;
  expected: OutputExpectation;
  declared: DeclaredValue[];
  notes: string[];
}

const spanOf = (samples: readonly RunSample[]): Span | null => {
  const instants = samples.filter((sample): sample is RunSample & { startNs: number } => sample.startNs !== null);
  if (instants.length === 0) return null;
  const fromNs = instants.reduce((least, { startNs }) => Math.min(least, startNs), Number.POSITIVE_INFINITY);
  const toNs = instants.reduce((most, sample) => Math.max(most, sample.startNs + sample.durationNs), 0);
  return { fromNs, toNs };
};

/** What a clock may be ahead of the process that reads it. */
const slackNs = 250e6;

/** Null where the instants of the samples cannot lie in the life of the process: another unit, or another clock's pace. */
const fittingOffset = ({ clockOffsetNs, startedNs, endedNs, stream }: RunEvidence): number | null => {
  const span = spanOf(stream.samples);
  if (clockOffsetNs === null || span === null) return null;
  const fits = span.fromNs + clockOffsetNs >= startedNs - slackNs && span.toNs + clockOffsetNs <= endedNs + slackNs;
  return fits ? clockOffsetNs : null;
};

const itemsIn = (samples: readonly RunSample[], span: Span | null): number =>
  samples
    .filter(({ startNs, durationNs }) => {
      const middle = (startNs ?? Number.NaN) + durationNs / 2;
      return span !== null && middle >= span.fromNs && middle <= span.toNs;
    })
    .reduce((sum, { items }) => sum + items, 0);

const unnamed: Executor = { name: null, kind: 'unknown', driver: null, reason: 'the runner printed no ready line' };

/** The fingerprint with what only the runner knows. */
const withRunner = (
  { hash: _hash, fields }: ThroughputRun['fingerprint'],
  { run, runner, executor }: RunnerStream,
): ThroughputRun['fingerprint'] => {
  const told = Object.entries(run?.fingerprint?.fields ?? {}).map(([name, value]): [string, FingerprintValue] => [
    name,
    value ?? { value: null, reason: 'the runner gave no value' },
  ]);
  const more: Record<string, FingerprintValue> = {
    ...Object.fromEntries(told),
    ...(runner ? { runner: runner.name, ...(runner.version === null ? {} : { runner_version: runner.version }) } : {}),
    ...(executor?.name ? { executor: executor.name } : {}),
    ...(executor?.driver ? { executor_driver: executor.driver } : {}),
  };
  const all = { ...fields, ...more };
  return { hash: fingerprintHash(all), fields: all };
};

interface Numbers {
  marked: MarkedSamples;
  metrics: ThroughputRun['metrics'];
  withExclusions: ThroughputRun['metrics'];
  throttling: ThroughputRun['throttling'];
  notes: string[];
}

const numbersOf = (
  { stream, batch, perIteration }: RunEvidence,
  telemetry: RunTelemetry,
  aligned: boolean,
): Numbers => {
  const iterationItems = perIteration ?? batch;
  const measured = stream.samples.filter(({ phase }) => phase === 'measure');
  const whole = aligned ? spanOf(measured) : null;
  const marked = markSamples(stream.samples, stretchesIn(telemetry, whole));
  const all = marked.samples.filter(({ phase }) => phase === 'measure');
  const kept = all.filter(({ excluded }) => excluded === null);
  const span = aligned ? spanOf(kept) : null;
  const energy = energyIn(telemetry, span);
  const energyItems = itemsIn(all, span);
  const none = all.length === 0 ? 'no sample was measured' : 'every sample was taken out by a rule';
  const ask = (samples: readonly RunSample[], remark: string | null) =>
    metricsOf({ samples, perIteration: iterationItems, energy, energyItems, remark, none });
  const throttling = throttlingOf(telemetry, stream.executor ?? unnamed, whole, marked.slowShare);
  const blocks = iterationsOf(kept, iterationItems);
  return {
    marked,
    metrics: ask(kept, marked.unsettled),
    withExclusions: ask(
      all,
      marked.exclusions.length > 0 ? 'samples that a rule takes out are left in' : marked.unsettled,
    ),
    throttling,
    notes: [
      ...(throttling.representative === false ? throttling.reasons.slice(0, 1) : []),
      ...(blocks > 1 ? [`each sample is a block of ${blocks} iterations`] : []),
      ...netOf(energy, energyItems),
      ...energy.notes,
    ],
  };
};

/** What is left of the energy without the power of a device at rest; the metric itself is gross. */
const netOf = ({ netJ, idleWatts }: Energy, items: number): string[] =>
  netJ === null || idleWatts === null || netJ < 0 || items <= 0
    ? []
    : [`energy net of ${decimal(idleWatts)} W at rest: ${decimal(netJ / items)} J an item`];

/** A recorded run from everything that is known of it: pure, and the same for the same evidence. */
export const judgeRun = (evidence: RunEvidence): ThroughputRun => {
  const { stream, workload } = evidence;
  const executor = stream.executor ?? unnamed;
  const offsetNs = fittingOffset(evidence);
  const telemetry = telemetryOf({
    record: evidence.telemetry,
    offsetNs,
    startedNs: evidence.startedNs,
    executor,
    device: evidence.device,
    fromRunner: stream.readings,
  });
  const { marked, metrics, withExclusions, throttling, notes } = numbersOf(evidence, telemetry, offsetNs !== null);
  const invalidReasons = invalidReasonsOf(stream, evidence.end, evidence.expected, evidence.declared);
  const unplaced =
    offsetNs === null && stream.samples.length > 0 ? ["the samples' clock cannot be brought to the telemetry's"] : [];
  const unchecked = stream.outputDigest === null ? ['the output was not checked: the runner printed no digest'] : [];
  const unshown = evidence.declared
    .filter(({ equal }) => equal === null)
    .map(({ name, declared }) => `asked for, and not shown by the result: ${name} ${declared}`);
  const software = executor.kind === 'software' ? ['software adapter: a processor plays the GPU'] : [];
  return {
    schema: 'driftbench/throughput-run@1',
    id: evidence.id,
    workload: {
      id: workload.id,
      hash: sha256(canonicalJson(workload.definition)),
      definition: workload.definition,
    },
    executor,
    fingerprint: withRunner(evidence.fingerprint, stream),
    precision: evidence.precision,
    batch: evidence.batch,
    startedAt: evidence.startedAt,
    phases: stream.phases,
    warmup: marked.warmup,
    steadyState: marked.steadyState,
    metrics,
    withExclusions,
    exclusions: marked.exclusions,
    throttling,
    outputDigest: stream.outputDigest,
    ...(stream.outputValues.length > 0 ? { outputValues: stream.outputValues } : {}),
    samples: marked.samples,
    readings: telemetry.readings,
    valid: invalidReasons.length === 0,
    invalidReasons,
    item: evidence.item,
    ...(evidence.label === undefined ? {} : { label: evidence.label }),
    ...(stream.runner ? { runner: stream.runner } : {}),
    ...(evidence.session ? { session: evidence.session } : {}),
    ...(evidence.log === '' ? {} : { log: evidence.log }),
    ...(overlap(marked.samples.filter(({ phase }) => phase === 'measure')) ? { overlapping: true } : {}),
    declared: evidence.declared,
    notes: [
      ...evidence.notes,
      ...software,
      ...unshown,
      ...marked.notes,
      ...notes,
      ...unchecked,
      ...unplaced,
      ...telemetry.notes,
    ],
  };
};
