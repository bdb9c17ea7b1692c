import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { DeclaredValue, RunSession, ThroughputRun } from '../../../shared/model/throughput-run.ts';
import type { WorkloadDefinition } from '../../../shared/model/workload.ts';
import { sha256 } from '../../platform/hash.ts';
import type { RunnerResult } from '../../platform/runner-process.ts';
import { fingerprintHash } from '../fingerprint/field.ts';
import { foldStream, type RunnerStream } from '../runner-stream.ts';
import type { TelemetryRecord } from '../telemetry/sampler.ts';
import type { CommandOutput } from './command-output.ts';
import { foreignRun } from './foreign-run.ts';
import { judgeRun, type RunEvidence } from './judge.ts';
import type { PreparedRun } from './prepared-run.ts';
import type { RunSide } from './sides.ts';
import { declaredValue } from './validity.ts';

/** One process that has ended, and everything around it. */
export interface EndedProcess {
  prepared: PreparedRun;
  side: RunSide;
  session: RunSession;
  startedAt: string;
  output: CommandOutput;
  result: RunnerResult;
  telemetry: TelemetryRecord;
  fingerprint: ThroughputRun['fingerprint'];
  device: string | null;
  newRunId(): string;
}

/** A batch that the samples do not show: their items are no multiple of it. */
const itemsOfBatch = (batch: number | null, { samples }: RunnerStream): DeclaredValue[] => {
  const odd = batch === null ? undefined : samples.find(({ items }) => items % batch !== 0);
  return odd ? [{ name: 'items in a batch', declared: batch, executed: odd.items, equal: false }] : [];
};

const hashOf = (definition: unknown): string => sha256(canonicalJson(definition)).slice(0, 16);

/** What the stream says of itself, held against what was asked for and what our own definition states. */
const settingsOf = ({ kind, stated, asked, workload }: PreparedRun, stream: RunnerStream) => {
  const { run } = stream;
  const precision = run?.precision ?? stated.precision;
  const batch = run?.batch ?? stated.batch;
  const declared: DeclaredValue[] = [
    ...declaredValue('precision', asked.precision ?? stated.precision ?? undefined, precision),
    ...declaredValue('batch', asked.batch ?? stated.batch ?? undefined, batch),
    ...itemsOfBatch(batch, stream),
    ...(kind === 'built-in' && run
      ? declaredValue('workload hash', hashOf(workload.definition), hashOf(run.workload.definition))
      : []),
  ];
  return { precision, batch, declared };
};

/** A command's workload is what it was started with and, where its stream opens with a run line, what that declares. */
const streamWorkload = ({ kind, named, workload }: PreparedRun, { run }: RunnerStream): RunEvidence['workload'] => {
  if (!run || kind === 'built-in') return workload;
  const harness = run.workload.definition as WorkloadDefinition;
  return { id: named ? workload.id : run.workload.id, definition: { ...workload.definition, harness } };
};

const fingerprintOf = ({ fingerprint, side }: EndedProcess): ThroughputRun['fingerprint'] => {
  const fields = { ...fingerprint.fields, ...side.fields };
  return { hash: fingerprintHash(fields), fields };
};

const nothing: RunnerStream = { ...foldStream([]), invalidReasons: [] };

/** The runs of one process: one of a stream, as many as the result file holds, or an invalid one that says why. */
export const recordedRuns = (ended: EndedProcess): ThroughputRun[] => {
  const { prepared, side, session, output, result, newRunId } = ended;
  const base = {
    workload: prepared.workload,
    startedAt: ended.startedAt,
    ...(side.label === undefined ? {} : { label: side.label }),
    session,
    end: result.end,
    log: result.log,
    startedNs: result.startedNs,
    endedNs: result.endedNs,
    telemetry: ended.telemetry,
    fingerprint: fingerprintOf(ended),
    device: ended.device,
    expected: prepared.expected,
    notes: prepared.notes,
  };
  if (output.kind === 'runs') {
    const { runs, remarks } = output.file;
    const { id, definition } = prepared.workload;
    const nameOf = (own: string) => (prepared.named ? (runs.length === 1 ? id : `${id}/${own}`) : own);
    return runs.map((run) =>
      foreignRun(run, {
        ...base,
        id: newRunId(),
        workload: { id: nameOf(run.workload.id), definition },
        asked: prepared.asked,
        notes: [...prepared.notes, ...remarks],
      }),
    );
  }
  const stream = output.kind === 'stream' ? output.stream : { ...nothing, invalidReasons: [output.reason] };
  return [
    judgeRun({
      ...base,
      id: newRunId(),
      workload: streamWorkload(prepared, stream),
      stream,
      clockOffsetNs: output.kind === 'stream' ? output.clockOffsetNs : null,
      item: prepared.item,
      perIteration: prepared.perIteration,
      ...settingsOf(prepared, stream),
    }),
  ];
};
