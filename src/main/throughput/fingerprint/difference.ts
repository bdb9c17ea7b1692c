import type { FingerprintValue } from '../../../shared/model/throughput-run.ts';
import { type ChecklistStep, type StepId, stepOf } from '../checklist-step.ts';
import { type FingerprintFields, isKnown, unknown } from './field.ts';

export interface FieldDifference {
  field: string;
  baseline: FingerprintValue;
  candidate: FingerprintValue;
  /** False where one side, or both, do not know it: then nobody can say whether it differs. */
  known: boolean;
  suspect: boolean;
  /** The step of the checklist that looks into it; null where nothing is suspected. */
  step: ChecklistStep | null;
  /** Why it is suspected, or why it is not. */
  reason: string;
}

type Known = string | number | boolean;
/** Why a difference is suspected, or null beside the reason why it is not. */
type Judgement = { suspect: string } | { harmless: string };

interface Rule {
  fields: RegExp;
  step: StepId;
  judge(baseline: Known, candidate: Known): Judgement;
}

/** Defaults of ours, printed with the value that was used. */
const smallestLimitWatts = 1;
const smallestMemoryMib = 512;

const always =
  (text: string) =>
  (baseline: Known, candidate: Known): Judgement => ({ suspect: `${text}: ${baseline}, now ${candidate}` });

const lower =
  (text: string) =>
  (baseline: Known, candidate: Known): Judgement =>
    Number(candidate) < Number(baseline)
      ? { suspect: `${text} below the baseline: ${baseline}, now ${candidate}` }
      : { harmless: `not below the baseline: ${baseline}, now ${candidate}` };

const limit = (baseline: Known, candidate: Known): Judgement => {
  const watts = Number(candidate) - Number(baseline);
  return Math.abs(watts) >= smallestLimitWatts
    ? { suspect: `power limit differs by ${smallestLimitWatts} W or more: ${baseline} W, now ${candidate} W` }
    : { harmless: `power limit differs by less than ${smallestLimitWatts} W: ${baseline} W, now ${candidate} W` };
};

const company = (baseline: Known, candidate: Known): Judgement =>
  candidate === 'none'
    ? { suspect: `the baseline shared the GPU: ${baseline}` }
    : { suspect: `other processes on the GPU: ${candidate}` };

const memory = (baseline: Known, candidate: Known): Judgement =>
  Number(candidate) - Number(baseline) > smallestMemoryMib
    ? { suspect: `memory in use before the start, over ${smallestMemoryMib} MiB more: ${baseline}, now ${candidate}` }
    : {
        harmless: `memory in use before the start, not over ${smallestMemoryMib} MiB more: ${baseline}, now ${candidate}`,
      };

const rules: readonly Rule[] = [
  { fields: /^power_.*limit_w$/, step: 'power', judge: limit },
  { fields: /^pcie_gen_max$/, step: 'pcie', judge: lower('PCIe generation') },
  { fields: /^pcie_width_max$/, step: 'pcie', judge: lower('PCIe lanes') },
  { fields: /^co_tenants$/, step: 'co-tenants', judge: company },
  { fields: /^gpu_memory_used_mib$/, step: 'co-tenants', judge: memory },
  {
    fields:
      /^(?:persistence_mode|compute_mode|driver_model|performance_level|power_supply|application_.*|max_.*clock_mhz)$/,
    step: 'locks-and-states',
    judge: always('a lock or state differs'),
  },
  { fields: /^(?:ecc|remapped_rows_pending)$/, step: 'memory-health', judge: always('memory protection differs') },
  { fields: /^recovery_action$/, step: 'faults', judge: always('the driver recommends something else') },
  {
    fields: /^(?:mig|mig_instances|virtualisation|virtual_machine|compute_partition|memory_partition)$/,
    step: 'partitioning',
    judge: always('the device or machine is divided differently'),
  },
  {
    fields: /^(?:governor|numa_nodes|cpu|cpu_count|memory_gib|smt|turbo)$/,
    step: 'host',
    judge: always('the host differs'),
  },
  { fields: /^gpu_uuid$/, step: 'unit', judge: always('another unit') },
  {
    fields: /^(?:gpu|gpu_count|architecture|gpu_memory_mib|arch|executor)$/,
    step: 'validity',
    judge: always('other hardware'),
  },
  {
    fields:
      /^(?:driver|vbios|gsp_firmware|cuda.*|rocm|vulkan.*|os|kernel|microcode|node|python|container.*|env\..*|packages\..*|torch|onnxruntime|vllm)$/,
    step: 'software',
    judge: always('software differs'),
  },
];

const anything: Rule = { fields: /^/, step: 'what-changed', judge: always('it differs') };

/** The step of the checklist that looks into a field when it differs. */
export const stepOfField = (field: string): StepId => (rules.find(({ fields }) => fields.test(field)) ?? anything).step;

const compare = (field: string, baseline: FingerprintValue, candidate: FingerprintValue): FieldDifference | null => {
  const pair = { field, baseline, candidate };
  if (!isKnown(baseline) || !isKnown(candidate)) {
    const side = isKnown(baseline) ? 'candidate' : isKnown(candidate) ? 'baseline' : 'both sides';
    return { ...pair, known: false, suspect: false, step: null, reason: `not known on ${side}` };
  }
  if (baseline === candidate) return null;
  const rule = rules.find(({ fields }) => fields.test(field)) ?? anything;
  const judgement = rule.judge(baseline, candidate);
  return 'suspect' in judgement
    ? { ...pair, known: true, suspect: true, step: stepOf(rule.step), reason: judgement.suspect }
    : { ...pair, known: true, suspect: false, step: null, reason: judgement.harmless };
};

const order = (difference: FieldDifference): number => (difference.suspect ? 0 : difference.known ? 1 : 2);

/**
 * Every field in which two fingerprints differ, or of which nobody can say: suspects first, then the rest, then the
 * unknown. A field that one side never recorded is unknown there, and the unknown is equal to nothing.
 */
export const fingerprintDifference = (baseline: FingerprintFields, candidate: FingerprintFields): FieldDifference[] => {
  const absent = unknown('not recorded');
  const names = [...new Set([...Object.keys(baseline), ...Object.keys(candidate)])].sort();
  return names
    .flatMap((name) => compare(name, baseline[name] ?? absent, candidate[name] ?? absent) ?? [])
    .sort((a, b) => order(a) - order(b));
};
