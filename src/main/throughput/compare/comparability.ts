import { groupName, type RunGroup } from './run-group.ts';

interface DifferingField {
  /** `definition.shape.0`. */
  path: string;
  baseline: string;
  candidate: string;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const printed = (value: unknown): string => {
  if (value === undefined) return 'not there';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** Every path at which two JSON values differ, in the order of their keys; a value that is there once is `not there` on the other side. */
export const differingFields = (baseline: unknown, candidate: unknown, path: string): DifferingField[] => {
  if (Object.is(baseline, candidate)) return [];
  if (isObject(baseline) && isObject(candidate) && Array.isArray(baseline) === Array.isArray(candidate)) {
    const keys = [...new Set([...Object.keys(baseline), ...Object.keys(candidate)])];
    return keys.flatMap((key) => differingFields(baseline[key], candidate[key], `${path}.${key}`));
  }
  return [{ path, baseline: printed(baseline), candidate: printed(candidate) }];
};

const fieldsOf = ({ workload, precision, batch, item }: RunGroup) => ({
  definition: workload.definition,
  precision,
  batch,
  item,
});

const between = (baseline: RunGroup, candidate: RunGroup): DifferingField[] => {
  const [a, b] = [fieldsOf(baseline), fieldsOf(candidate)];
  return (['definition', 'precision', 'batch', 'item'] as const).flatMap((field) =>
    differingFields(a[field], b[field], field),
  );
};

/** Fields named in one refusal; the rest is counted. */
const named = 12;

const sentences = (baseline: RunGroup, candidate: RunGroup): string[] => {
  const fields = between(baseline, candidate);
  const name = groupName(baseline);
  // Equal definitions with unequal hashes: one of the two files was edited after it was hashed.
  if (fields.length === 0)
    return [`${name}: workload hash differs: ${baseline.workload.hash} against ${candidate.workload.hash}`];
  const lines = fields
    .slice(0, named)
    .map((field) => `${name}: ${field.path} differs: ${field.baseline} against ${field.candidate}`);
  return fields.length > named ? [...lines, `${name}: further fields that differ: ${fields.length - named}`] : lines;
};

export interface GroupPair {
  baseline: RunGroup;
  candidate: RunGroup;
}

export interface MatchedGroups {
  pairs: GroupPair[];
  /** Groups without a counterpart, by the fields in which they differ from the nearest one. */
  reasons: string[];
}

/** The group of the other side that this one was probably meant to be compared with. */
const nearest = (group: RunGroup, others: readonly RunGroup[]): RunGroup | null => {
  const alike = others.filter(({ workload }) => workload.id === group.workload.id);
  const choice = alike.length > 0 ? alike : others.length === 1 ? others : [];
  const [best] = choice
    .map((other) => ({ other, fields: between(group, other).length }))
    .sort((a, b) => a.fields - b.fields);
  return best?.other ?? null;
};

/**
 * Pairs groups of equal workload hash, precision, batch and item. Anything else is another methodology and is not compared: the reason names the
 * fields, values last.
 */
export const matchGroups = (baseline: readonly RunGroup[], candidate: readonly RunGroup[]): MatchedGroups => {
  const pairs = baseline.flatMap((group): GroupPair[] => {
    const other = candidate.find(({ key }) => key === group.key);
    return other ? [{ baseline: group, candidate: other }] : [];
  });
  const paired = new Set(pairs.map(({ baseline: { key } }) => key));
  const [left, right] = [baseline, candidate].map((side) => side.filter(({ key }) => !paired.has(key)));
  const reasons: string[] = [];
  const told = new Set<string>();
  for (const group of left!) {
    const other = nearest(group, right!);
    if (other) told.add(other.key);
    reasons.push(...(other ? sentences(group, other) : [`no candidate run of this workload: ${groupName(group)}`]));
  }
  for (const group of right!) {
    if (!told.has(group.key)) reasons.push(`no baseline run of this workload: ${groupName(group)}`);
  }
  return { pairs, reasons };
};

/** Why two groups of one workload must not be compared all the same; null when they may. */
export const forbidden = ({ baseline, candidate }: GroupPair): string | null => {
  const kinds = [baseline, candidate].map(({ runs }) => [...new Set(runs.map(({ executor }) => executor.kind))].sort());
  const all = new Set(kinds.flat());
  if (!all.has('software') || all.size === 1) return null;
  const [before, now] = kinds.map((kind) => kind.join(' and '));
  return `${groupName(baseline)}: a software adapter is never compared with anything else: ${before} against ${now}`;
};
