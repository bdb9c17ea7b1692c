import type { Diagnosis } from '../../shared/model/workbench.ts';
import type { PollLimits, Reach } from './telemetry/source.ts';
import { lastResort, telemetrySources } from './telemetry/sources.ts';
import { onnxRuntime } from './workloads/onnx-source.ts';
import type { RunnerHost } from './workloads/runner-probe.ts';
import { webgpuAdapters } from './workloads/webgpu-source.ts';

type Capability = Diagnosis['capabilities'][number];

const unavailable = (name: string, text: string): Capability => ({ name, state: 'unavailable', version: null, text });

const webgpu = async (host: RunnerHost, signal: AbortSignal): Promise<Capability> => {
  const found = await webgpuAdapters(host, signal);
  if ('unavailable' in found) return unavailable('webgpu', found.unavailable);
  const text = found.adapters
    .map(({ name, kind, backend }) => `${name} (${kind === 'software' ? 'software adapter' : kind}, ${backend})`)
    .join('; ');
  return { name: 'webgpu', state: 'available', version: null, text };
};

const onnx = async (host: RunnerHost, signal: AbortSignal): Promise<Capability> => {
  const runtime = await onnxRuntime(host, signal);
  if ('unavailable' in runtime) return unavailable('onnxruntime', runtime.unavailable);
  const text = `providers ${runtime.providers.join(', ')}${runtime.cpu === null ? '' : `; ${runtime.cpu}`}`;
  return { name: 'onnxruntime', state: 'available', version: runtime.version, text };
};

/** Tools that answer, one of each list; the last resort only where no other does. */
const telemetry = async (reach: Reach, limits: PollLimits): Promise<Capability> => {
  const answering = async (sources: (typeof telemetrySources)[number]): Promise<string | null> => {
    for (const source of sources) if ('tool' in (await source.open(reach, limits))) return source.tool;
    return null;
  };
  const found = (await Promise.all([...telemetrySources, [lastResort]].map(answering))).filter((tool) => tool !== null);
  return found.length > 0
    ? { name: 'telemetry', state: 'available', version: null, text: `read through ${[...new Set(found)].join(', ')}` }
    : unavailable('telemetry', 'no tool answers: clocks, power and temperature of a run stay unknown');
};

/** What this machine can measure; looks, and changes nothing. */
export const throughputCapabilities = (host: RunnerHost, reach: Reach, limits: PollLimits): Promise<Capability[]> => {
  const signal = limits.signal ?? new AbortController().signal;
  return Promise.all([webgpu(host, signal), onnx(host, signal), telemetry(reach, limits)]);
};
