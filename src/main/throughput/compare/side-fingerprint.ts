import type { FingerprintValue, ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { type FingerprintFields, isKnown, unknown } from '../fingerprint/field.ts';

type Known = string | number | boolean;

/** These may differ from run to run on one machine: the side is as bad as its worst run. */
const worst: Record<string, (values: Known[]) => Known> = {
  co_tenants: (values) => values.find((value) => value !== 'none') ?? 'none',
  gpu_memory_used_mib: (values) => Math.max(...values.map(Number)),
  remapped_rows_pending: (values) => Math.max(...values.map(Number)),
  recovery_action: (values) => values.find((value) => value !== 'None') ?? 'None',
};

const fieldOf = (name: string, values: readonly (FingerprintValue | undefined)[]): FingerprintValue => {
  const known = values.filter(isKnown);
  const [first] = known;
  if (first === undefined) return values.find((value) => value !== undefined) ?? unknown('not recorded');
  const pick = worst[name];
  if (pick) return pick(known);
  const distinct = [...new Set(known)];
  if (distinct.length > 1) return unknown(`differs between the runs of this side: ${distinct.join(', ')}`);
  return known.length === values.length ? first : unknown('not known of every run of this side');
};

/** The fingerprint of a side: what all its runs agree on. */
export const sideFingerprint = (runs: readonly ThroughputRun[]): FingerprintFields => {
  const names = [...new Set(runs.flatMap(({ fingerprint }) => Object.keys(fingerprint.fields)))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      fieldOf(
        name,
        runs.map(({ fingerprint }) => fingerprint.fields[name]),
      ),
    ]),
  );
};

/** Fields that differ between the runs of one side, which therefore are no one executor. */
export const mixedFields = (fields: FingerprintFields): string[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'object' && value.reason.startsWith('differs between the runs') ? [name] : [],
  );
