import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { WebgpuAdapter, WebgpuDefinition } from '../../../shared/model/webgpu.ts';
import type { Workload } from '../../../shared/model/workload.ts';
import { exactOutput, exactOutputText } from '../../../shared/workloads/exact-output.ts';
import { webgpuRunnerVersion } from '../../../shared/workloads/webgpu-version.ts';
import { sha256 } from '../../platform/hash.ts';
import { chainKernels } from './webgpu-chains.ts';
import { decodeKernels } from './webgpu-decode.ts';
import type { KernelDraft, ReferenceKernel } from './webgpu-kernel.ts';
import { streamKernels } from './webgpu-streams.ts';
import { type Tier, tierOf, tierSizes } from './webgpu-tier.ts';
import { tileKernels } from './webgpu-tiles.ts';

export interface WebgpuChoice {
  /** Absent: the first precision of each workload. */
  precision?: string;
  batch?: number;
  durationMs: number;
  seed: number;
}

const kernels: ReferenceKernel[] = [...tileKernels, ...streamKernels, ...decodeKernels, ...chainKernels];

/** Warm-up is a tenth of the measured time, at least 100 ms and at most 3 s; a batch of iterations lasts at least 60 ms. */
const scheduleOf = (durationMs: number): WebgpuDefinition['schedule'] => ({
  durationMs,
  warmupMs: Math.min(3000, Math.max(100, Math.round(durationMs / 10))),
  batchMs: 60,
  minimumBatches: 3,
  pacingMs: 0,
});

const requirements = ({ buffers, languageFeatures = [], types }: KernelDraft): WebgpuDefinition['requires'] => {
  const largest = Math.max(...buffers.map(({ bytes }) => bytes));
  return {
    features: Object.values(types).includes('f16') ? ['shader-f16'] : [],
    languageFeatures,
    limits: { maxBufferSize: largest, maxStorageBufferBindingSize: largest },
  };
};

const expectation = (id: string, { expected, shapes, buffers }: KernelDraft): WebgpuDefinition['expected'] => {
  if (expected.kind === 'near') return expected;
  const exact = exactOutput({ kernel: id, shapes, buffers });
  if (!exact) throw new Error(`an exact output without a way to compute it: ${id}`);
  return { ...expected, sha256: sha256(exactOutputText(exact)) };
};

const define = (kernel: ReferenceKernel, tier: Tier, choice: WebgpuChoice): WebgpuDefinition => {
  const { precision = kernel.precisions[0], batch = 1, durationMs, seed } = choice;
  const draft = kernel.draft({ sizes: tierSizes[tier], precision, batch, seed });
  const { shapes, types, buffers, stages, transfer = null, item } = draft;
  return {
    runner: { name: 'webgpu', version: webgpuRunnerVersion },
    kernel: kernel.id,
    tier,
    precision,
    batch,
    shapes,
    types,
    requires: requirements(draft),
    buffers,
    stages,
    transfer,
    expected: expectation(kernel.id, draft),
    item,
    schedule: scheduleOf(durationMs),
  };
};

const notRunnable = (adapter: WebgpuAdapter, { requires }: WebgpuDefinition): string | undefined => {
  const feature = requires.features.find((name) => !adapter.features.includes(name));
  if (feature) return `the adapter ${adapter.name} has no ${feature}`;
  const language = requires.languageFeatures.find((name) => !adapter.languageFeatures.includes(name));
  if (language) return `the adapter ${adapter.name} has no ${language}`;
  const limit = Object.entries(requires.limits).find(([name, needed]) => (adapter.limits[name] ?? 0) < needed);
  if (!limit) return undefined;
  const [name, needed] = limit;
  return `needs ${name} of ${needed} bytes and the adapter ${adapter.name} allows ${adapter.limits[name] ?? 'none'}`;
};

const notChoosable = ({ id, precisions, maximumBatch }: ReferenceKernel, choice: WebgpuChoice): string | undefined => {
  const { precision, batch = 1 } = choice;
  if (precision !== undefined && !precisions.includes(precision))
    return `${id} runs in ${precisions.join(' or ')}, not in ${precision}`;
  if (batch <= maximumBatch) return undefined;
  return maximumBatch === 1
    ? `${id} has no batch to enlarge: ${batch}`
    : `${id} takes a batch up to ${maximumBatch}: ${batch}`;
};

/**
 * The built-in reference workloads, sized for the adapter: the same kind of machine always gets the same definitions.
 * One that cannot be run says why, and then carries the definition it would have had.
 */
export const webgpuWorkloads = (adapter: WebgpuAdapter | { unavailable: string }, choice: WebgpuChoice): Workload[] => {
  const tier = 'unavailable' in adapter ? 'small' : tierOf(adapter);
  return kernels.map((kernel) => {
    const refused = notChoosable(kernel, choice);
    const definition = define(kernel, tier, refused ? { ...choice, precision: undefined, batch: 1 } : choice);
    const unavailable = 'unavailable' in adapter ? adapter.unavailable : (refused ?? notRunnable(adapter, definition));
    return {
      id: kernel.id,
      runner: 'webgpu',
      precisions: kernel.precisions,
      hash: sha256(canonicalJson(definition)),
      definition,
      text: kernel.text,
      ...(unavailable === undefined ? {} : { unavailable }),
    };
  });
};
