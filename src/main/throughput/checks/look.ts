import type { Observation } from '../../../shared/model/checklist.ts';
import type { CheckFinding, EvidenceProvider } from '../../../shared/model/evidence.ts';
import type { ThroughputComparison, WorkloadReadings } from '../../../shared/model/throughput-comparison.ts';
import { flag, observe, pointer } from '../../../shared/observation.ts';
import { counted, decimal, percent } from '../../../shared/units.ts';
import type { StepId } from '../checklist-step.ts';
import type { Quantity } from '../compare/run-telemetry.ts';
import { roleOf, type WorkloadRole } from '../compare/workload-role.ts';
import { stepOfField } from '../fingerprint/difference.ts';
import { isKnown } from '../fingerprint/field.ts';

/** The documents that the checklist of this axis is answered from. */
export interface ThroughputDocuments {
  comparison: ThroughputComparison;
}
export type ThroughputProvider = EvidenceProvider<ThroughputDocuments>;

/** One thing looked at: what rules may ask, what it is called, and where it stands. */
export interface Seen {
  observation: Observation;
  label: string;
  pointer?: string;
}

/** Adds what was seen up to a finding: what is known in one line, then what is not. */
export const finding = (seen: readonly Seen[]): CheckFinding<ThroughputDocuments> => {
  const named = seen.filter(({ label }) => label !== '');
  const known = named.filter(({ observation }) => observation.value !== null);
  const open = named.filter(({ observation }) => observation.value === null);
  const observed = [
    ...known.map(({ label, observation }) => `${label} ${observation.text}`),
    ...(open.length === 0 ? [] : [`not known: ${open.map(({ label }) => label.replace(/[:,]$/, '')).join(', ')}`]),
  ].join('; ');
  const places = new Map<string, string>();
  for (const { pointer: place, label, observation } of seen) {
    if (place !== undefined && !places.has(place)) places.set(place, label.replace(/[:,]$/, '') || observation.name);
  }
  return {
    observed,
    observations: seen.map(({ observation }) => observation),
    evidence: [...places].map(([place, text]) => ({ text, document: 'comparison', pointer: place })),
  };
};

/** The readings to ask: of the workloads that fell or could not be measured; of all where none did. */
export const asked = ({ readings }: ThroughputComparison): { entry: WorkloadReadings; at: number }[] => {
  const all = readings.map((entry, at) => ({ entry, at }));
  const suspicious = all.filter(({ entry }) => entry.suspicious);
  return suspicious.length > 0 ? suspicious : all;
};

interface Pair {
  before: number | null;
  now: number | null;
}

interface Reading {
  as: string;
  label: string;
  of: Quantity;
  text(value: number): string;
  /** Which workload speaks where several were measured. */
  worst?: 'highest' | 'lowest';
}

const unread = ({ readings }: ThroughputComparison): string =>
  readings.length === 0 ? 'no telemetry came with what was compared' : 'not read while the runs measured';

/** Where a reading stands, or would. */
const placeOf = (at: number | undefined, name: string): string =>
  at === undefined ? pointer('readings') : pointer('readings', at, 'candidate', 'values', name);

const derived =
  (from: (pair: Pair) => number | null) =>
  (comparison: ThroughputComparison, { as, label, of, text, worst = 'highest' }: Reading): Seen => {
    const all = asked(comparison);
    const values = all.flatMap(({ entry, at }) => {
      const value = from({ before: entry.baseline.values[of] ?? null, now: entry.candidate.values[of] ?? null });
      return value === null ? [] : [{ value, at }];
    });
    const sign = worst === 'highest' ? 1 : -1;
    const chosen = values.toSorted((a, b) => sign * (b.value - a.value))[0];
    return {
      observation: observe(as, chosen?.value ?? null, text, `${label} not known: ${unread(comparison)}`),
      label,
      pointer: placeOf(chosen?.at ?? all[0]?.at, of),
    };
  };

/** A reading of the candidate. */
export const reading = derived(({ now }) => now);

/** Candidate minus baseline; an unwatched baseline is taken to be free of it. */
export const rise = derived(({ before, now }) => (now === null ? null : now - (before ?? 0)));

/** Candidate minus baseline, of what has no natural zero. */
export const difference = derived(({ before, now }) => (before === null || now === null ? null : now - before));

/** Candidate over baseline. */
export const ratio = derived(({ before, now }) =>
  before === null || now === null || before <= 0 || now < 0 ? null : now / before,
);

/** Fields of the stack that one step looks into, and how many of them are suspects. */
export const suspectFields = (comparison: ThroughputComparison, as: string, step: StepId): Seen => {
  const { fingerprints, fingerprintDifference } = comparison;
  const names = [...new Set([...Object.keys(fingerprints.baseline), ...Object.keys(fingerprints.candidate)])];
  const known = names.filter(
    (name) =>
      stepOfField(name) === step && isKnown(fingerprints.baseline[name]) && isKnown(fingerprints.candidate[name]),
  );
  const found = fingerprintDifference.flatMap((one, at) =>
    one.suspect && one.step?.id === step ? [{ ...one, at }] : [],
  );
  const [first] = found;
  const text = (n: number) => (n === 0 ? 'none' : found.map(({ field, reason }) => `${field} (${reason})`).join(', '));
  return {
    observation: observe(
      as,
      known.length === 0 ? null : found.length,
      text,
      'no field of the stack that this step looks into is known on both sides',
    ),
    label: 'differences of the stack:',
    pointer: first ? pointer('fingerprintDifference', first.at) : pointer('fingerprints', 'candidate'),
  };
};

/** A field of the stack of a side, or why it is not known. */
export const stackField = (comparison: ThroughputComparison, side: 'baseline' | 'candidate', name: string) => {
  const value = comparison.fingerprints[side][name];
  if (isKnown(value)) return { value, reason: '' };
  return { value: null, reason: value?.reason ?? `not recorded: ${name.replaceAll('_', ' ')}` };
};

/** The lowest speed, candidate over baseline, of the reference workloads that stress one part. */
export const speedOfRole = (comparison: ThroughputComparison, as: string, label: string, role: WorkloadRole): Seen => {
  const found = comparison.workloads.flatMap(({ workload, metrics }, at) => {
    const value = roleOf(workload.id) === role ? (metrics.throughput?.ratio.value ?? null) : null;
    return value === null ? [] : [{ value, at }];
  });
  const [worst] = found.toSorted((a, b) => a.value - b.value);
  return {
    observation: observe(
      as,
      worst?.value ?? null,
      (value) => decimal(value, 3),
      `${label} is not known: no such workload was measured on both sides`,
    ),
    label,
    ...(worst ? { pointer: pointer('workloads', worst.at, 'metrics', 'throughput', 'ratio') } : {}),
  };
};

/** Whether the ranking of causes holds a piece of evidence whose id begins so. */
export const pieceOfEvidence = (comparison: ThroughputComparison, as: string, label: string, id: string): Seen => {
  for (const [at, { evidence }] of comparison.causes.entries()) {
    const found = evidence.findIndex((one) => one.id.startsWith(id));
    if (found >= 0) return { observation: flag(as, true), label, pointer: pointer('causes', at, 'evidence', found) };
  }
  return { observation: flag(as, false), label };
};

/** Known only where anything was watched at all: without it a step that saw nothing would pass. */
export const watched = (comparison: ThroughputComparison, label: string, ...names: Quantity[]): Seen => {
  const all = asked(comparison);
  const seen = all.some(({ entry }) => names.some((name) => entry.candidate.values[name] != null));
  const [first] = all;
  return {
    observation: flag('watched', seen || null, `${label} not watched: ${unread(comparison)}`),
    label: '',
    pointer: first ? pointer('readings', first.at, 'candidate', 'values') : pointer('readings'),
  };
};

export const celsius = (value: number): string => `${decimal(value, 1)} C`;
export const share = (value: number): string => percent(value);
export const factor = (value: number): string => decimal(value, 3);
export const runs = (n: number): string => counted(n, 'run');
