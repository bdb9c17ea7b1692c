import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import type { WorkloadDefinition } from '../../../shared/model/workload.ts';
import { sha256 } from '../../platform/hash.ts';
import { fingerprintHash } from '../fingerprint/field.ts';
import type { RunEvidence } from './judge.ts';
import { telemetryOf } from './run-telemetry.ts';
import { declaredValue, endFault, mismatches } from './validity.ts';

type Unneeded = 'stream' | 'clockOffsetNs' | 'precision' | 'batch' | 'item' | 'perIteration' | 'declared';

type ForeignEvidence = Omit<RunEvidence, Unneeded> & {
  asked: { precision?: string; batch?: number };
};

/**
 * A run that a harness printed in a format of its own, after the program has ended: its numbers stay as the adapter read
 * them; what was measured around it, and what it was asked for, comes beside them. Its workload is the command and what
 * the result itself declares, so that either kind of change is seen.
 */
export const foreignRun = (run: ThroughputRun, evidence: ForeignEvidence): ThroughputRun => {
  const { workload, startedNs, telemetry, device, fingerprint, session, label, log, asked } = evidence;
  const watched = telemetryOf({
    record: telemetry,
    offsetNs: null,
    startedNs,
    executor: run.executor,
    device,
    fromRunner: [],
  });
  const definition: WorkloadDefinition = {
    ...workload.definition,
    result: run.workload.definition as WorkloadDefinition,
  };
  const asAsked = [
    ...declaredValue('precision', asked.precision, run.precision),
    ...declaredValue('batch', asked.batch, run.batch),
  ];
  const ending = endFault(evidence.end);
  const invalidReasons = [...(ending === null ? [] : [ending]), ...run.invalidReasons, ...mismatches(asAsked)];
  const fields = { ...fingerprint.fields, ...run.fingerprint.fields };
  return {
    ...run,
    id: evidence.id,
    workload: { id: workload.id, hash: sha256(canonicalJson(definition)), definition },
    fingerprint: { hash: fingerprintHash(fields), fields },
    startedAt: evidence.startedAt,
    readings: [...run.readings, ...watched.readings],
    throttling: {
      share: null,
      reasons: ['the result has no instants, so telemetry of the process cannot be laid beside it'],
    },
    valid: invalidReasons.length === 0,
    invalidReasons,
    ...(label === undefined ? {} : { label }),
    ...(session === undefined ? {} : { session }),
    ...(log === '' ? {} : { log }),
    declared: [...(run.declared ?? []), ...asAsked],
    notes: [...evidence.notes, ...(run.notes ?? []), ...watched.notes],
  };
};
