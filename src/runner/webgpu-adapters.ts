import { createRequire } from 'node:module';
import type { WebgpuAdapter, WebgpuProbe } from '../shared/model/webgpu.ts';
import { webgpuRunnerVersion } from '../shared/workloads/webgpu-version.ts';
import { hardwareFirst, kindOf, namedAdapters } from './webgpu/adapter-list.ts';

/** An adapter together with what opens it. */
export interface OpenableAdapter {
  facts: WebgpuAdapter;
  handle: GPUAdapter;
}

export interface AdapterSearch {
  adapters: OpenableAdapter[];
  unavailable?: string;
}

/** Dawn crashes the process when one of these is collected while anything made from it lives. */
const kept: GPU[] = [];

const options = ['disable-dawn-features=timestamp_quantization'];
const relevantLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

const factsOf = (gpu: GPU, handle: GPUAdapter, named: { backend: string; name: string } | null): WebgpuAdapter => {
  const { vendor, architecture, description, device, isFallbackAdapter } = handle.info;
  const name = named?.name ?? (device || description || vendor);
  return {
    name,
    description,
    vendor,
    architecture,
    backend: named?.backend ?? 'unknown',
    kind: kindOf(`${name} ${description} ${architecture}`, isFallbackAdapter),
    driver: description === '' ? null : description,
    features: [...handle.features].sort(),
    languageFeatures: [...gpu.wgslLanguageFeatures].sort(),
    limits: Object.fromEntries(relevantLimits.map((limit) => [limit, handle.limits[limit]])),
  };
};

type Create = (options: string[]) => GPU;

/** Ask for an adapter that cannot exist: the complaint names those that do. */
const listNames = async (create: Create): Promise<{ backend: string; name: string }[]> => {
  try {
    const gpu = create([...options, 'adapter=\u0001none']);
    kept.push(gpu);
    await gpu.requestAdapter();
    return [];
  } catch (error) {
    return namedAdapters(error instanceof Error ? error.message : String(error));
  }
};

const openAdapter = async (
  create: Create,
  named: { backend: string; name: string } | null,
): Promise<OpenableAdapter | null> => {
  const gpu = create(named ? [...options, `backend=${named.backend}`, `adapter=${named.name}`] : options);
  kept.push(gpu);
  const handle = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return handle && { facts: factsOf(gpu, handle, named), handle };
};

const noDriver =
  'no webgpu adapter on this machine: install a Vulkan, Metal or Direct3D 12 driver, or choose the onnx runner, which runs on the processor';

/** Every adapter that can be opened, hardware first; never throws. */
export const findAdapters = async (): Promise<AdapterSearch> => {
  try {
    const { create } = await import('webgpu');
    // Of two adapters with one name only the first can be selected.
    const names = new Map((await listNames(create)).map((named) => [`${named.backend} ${named.name}`, named]));
    const opened = await Promise.all([...names.values()].map((named) => openAdapter(create, named)));
    const found = opened.filter((adapter) => adapter !== null);
    const fallback = found.length > 0 ? null : await openAdapter(create, null);
    const all = fallback ? [fallback] : found;
    if (all.length === 0) return { adapters: [], unavailable: noDriver };
    const order = hardwareFirst(all.map(({ facts }) => facts));
    return { adapters: order.map((facts) => all.find((adapter) => adapter.facts === facts) as OpenableAdapter) };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    return { adapters: [], unavailable: `webgpu does not load, choose the onnx runner instead: ${reason}` };
  }
};

export const probe = async (): Promise<WebgpuProbe> => {
  const { adapters, unavailable } = await findAdapters();
  return {
    runner: 'webgpu',
    version: runnerVersion(),
    adapters: adapters.map(({ facts }) => facts),
    ...(unavailable === undefined ? {} : { unavailable }),
  };
};

/** This runner's version, with that of the package whose compiler turns its kernels into the device's code. */
export const runnerVersion = (): string => {
  try {
    const { version } = createRequire(import.meta.url)('webgpu/package.json') as { version: string };
    return `${webgpuRunnerVersion}+webgpu.${version}`;
  } catch {
    return webgpuRunnerVersion;
  }
};
