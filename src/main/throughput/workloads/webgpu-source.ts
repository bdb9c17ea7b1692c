import { type WebgpuAdapter, WebgpuProbe } from '../../../shared/model/webgpu.ts';
import { embeddedJson } from '../telemetry/embedded-json.ts';
import { probeRunner, type RunnerHost } from './runner-probe.ts';
import type { WorkloadChoice, WorkloadSource } from './source.ts';
import { webgpuWorkloads } from './webgpu.ts';

type Found = { adapters: WebgpuAdapter[] } | { unavailable: string };

/** The adapters of this machine, hardware first. */
export const webgpuAdapters = async (host: RunnerHost, signal: AbortSignal): Promise<Found> => {
  const answer = await probeRunner(host, 'webgpu', signal);
  if ('unavailable' in answer) return answer;
  const probe = WebgpuProbe.safeParse(embeddedJson(answer.stdout));
  if (!probe.success) return { unavailable: 'the webgpu runner did not say which adapters there are' };
  const { adapters, unavailable } = probe.data;
  return adapters.length > 0 ? { adapters } : { unavailable: unavailable ?? 'no webgpu adapter on this machine' };
};

const chosen = (found: Found, { device }: WorkloadChoice): WebgpuAdapter | { unavailable: string } => {
  if ('unavailable' in found) return found;
  const wanted = device?.toLowerCase();
  const adapter = found.adapters.find(({ name }) => wanted === undefined || name.toLowerCase().includes(wanted));
  const names = found.adapters.map(({ name }) => name).join(', ');
  return adapter ?? { unavailable: `no webgpu adapter of that name, there are ${names}: ${device}` };
};

/** The reference workloads, sized for the adapter that the runner finds. */
export const webgpuSource = (host: RunnerHost): WorkloadSource => {
  let asked: Promise<Found> | undefined;
  return {
    runner: 'webgpu',
    list: async (choice, signal) => {
      asked ??= webgpuAdapters(host, signal);
      asked.catch(() => {
        asked = undefined;
      });
      return webgpuWorkloads(chosen(await asked, choice), choice);
    },
    program: async () => host.program('webgpu'),
  };
};
