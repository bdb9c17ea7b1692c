import { flag, observe, pointer } from '../../../shared/observation.ts';
import { count, decimal } from '../../../shared/units.ts';
import {
  difference,
  factor,
  finding,
  pieceOfEvidence,
  ratio,
  reading,
  rise,
  type Seen,
  share,
  stackField,
  type ThroughputDocuments,
  type ThroughputProvider,
  watched,
} from './look.ts';

/** Other processes on the GPU of the candidate; where a processor executes there is no GPU to share. */
const company = ({ comparison }: ThroughputDocuments): Seen[] => {
  const place = pointer('fingerprints', 'candidate');
  const label = 'other processes on the GPU:';
  const { value, reason } = stackField(comparison, 'candidate', 'co_tenants');
  const before = stackField(comparison, 'baseline', 'co_tenants').value;
  const alone = value === null && !comparison.candidate.some(({ executor }) => executor.kind === 'gpu');
  const shared = alone ? false : value === null ? null : value !== 'none';
  const text = alone ? 'no GPU was used' : value === null ? 'unknown' : String(value);
  return [
    { observation: { ...flag('foreignProcesses', shared, reason), text }, label, pointer: place },
    { observation: flag('companyDiffers', shared === null ? null : value !== before, reason), label: '' },
  ];
};

/** What of the GPU's memory was in use before the start, candidate minus baseline. */
const memoryBefore = ({ comparison }: ThroughputDocuments): Seen => {
  const side = (name: 'baseline' | 'candidate') => stackField(comparison, name, 'gpu_memory_used_mib');
  const [before, now] = [side('baseline'), side('candidate')];
  const known = typeof before.value === 'number' && typeof now.value === 'number';
  const value = known ? Number(now.value) - Number(before.value) : null;
  return {
    observation: observe(
      'memoryRiseMib',
      value,
      (mib) => `${mib >= 0 ? '+' : ''}${count(mib)} MiB`,
      now.reason || before.reason,
    ),
    label: 'GPU memory in use before the start, against the baseline,',
  };
};

/** Whether anything else used the machine: processes on the GPU, and what kept the host's processors from the runs. */
export const coTenants: ThroughputProvider = {
  observations: {
    watched: 'flag',
    foreignProcesses: 'flag',
    companyDiffers: 'flag',
    memoryRiseMib: 'number',
    cpuPressurePercent: 'number',
    cpuPressureRise: 'number',
    stealShare: 'number',
    stealRise: 'number',
    cgroupShare: 'number',
    cgroupRise: 'number',
    loadRise: 'number',
    loadRatio: 'number',
    tailOnly: 'flag',
  },
  collect: (documents) => {
    const { comparison } = documents;
    const points = (value: number) => `${value >= 0 ? '+' : ''}${decimal(value, 1)} points`;
    return finding([
      ...company(documents),
      memoryBefore(documents),
      reading(comparison, {
        as: 'cpuPressurePercent',
        label: 'processor pressure',
        of: 'cpuPressurePercent',
        text: (value) => `${decimal(value, 1)} %`,
      }),
      rise(comparison, {
        as: 'cpuPressureRise',
        label: 'processor pressure against the baseline',
        of: 'cpuPressurePercent',
        text: points,
      }),
      reading(comparison, { as: 'stealShare', label: 'stolen processor time', of: 'stealShare', text: share }),
      {
        ...rise(comparison, {
          as: 'stealRise',
          label: 'stolen time above the baseline',
          of: 'stealShare',
          text: share,
        }),
        label: '',
      },
      reading(comparison, {
        as: 'cgroupShare',
        label: 'throttled by the control group',
        of: 'cgroupThrottledShare',
        text: share,
      }),
      {
        ...rise(comparison, {
          as: 'cgroupRise',
          label: 'throttled time above the baseline',
          of: 'cgroupThrottledShare',
          text: share,
        }),
        label: '',
      },
      difference(comparison, {
        as: 'loadRise',
        label: 'load against the baseline',
        of: 'load',
        text: (value) => `${value >= 0 ? '+' : ''}${decimal(value)}`,
      }),
      {
        ...ratio(comparison, { as: 'loadRatio', label: 'load over that of the baseline', of: 'load', text: factor }),
        label: '',
      },
      pieceOfEvidence(comparison, 'tailOnly', '', 'shape.p99-only.co-tenants'),
      watched(comparison, 'the host', 'cpuPressurePercent', 'load'),
    ]);
  },
};
