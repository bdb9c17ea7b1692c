import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Workload } from '../../../shared/model/workload.ts';
import { kindOf, makeFolder, writeAtomically } from '../../platform/files.ts';
import { embeddedJson } from '../telemetry/embedded-json.ts';
import { openOnnxFile } from './onnx-file.ts';
import { onnxFileWorkload } from './onnx-file-workload.ts';
import { onnxModelBytes, onnxWorkloads } from './onnx-workloads.ts';
import { probeRunner, type RunnerHost } from './runner-probe.ts';
import type { WorkloadChoice, WorkloadSource } from './source.ts';

const OnnxProbe = z.object({
  onnxruntime: z.string().nullable(),
  providers: z.array(z.object({ name: z.string(), bundled: z.boolean().optional() })),
  cpu: z.string().nullable(),
  reason: z.string().optional(),
});

export interface OnnxRuntime {
  version: string;
  providers: string[];
  cpu: string | null;
}

/** Which ONNX Runtime the runner loads here, and its execution providers. */
export const onnxRuntime = async (
  host: RunnerHost,
  signal: AbortSignal,
): Promise<OnnxRuntime | { unavailable: string }> => {
  const answer = await probeRunner(host, 'onnx', signal);
  if ('unavailable' in answer) return answer;
  const probe = OnnxProbe.safeParse(embeddedJson(answer.stdout));
  if (!probe.success) return { unavailable: 'the onnx runner did not say what it can do' };
  const { onnxruntime: version, providers, cpu, reason } = probe.data;
  if (version === null) return { unavailable: reason ?? 'ONNX Runtime cannot be loaded on this machine' };
  return { version, providers: providers.map(({ name }) => name), cpu };
};

const options = ({ device, ...choice }: WorkloadChoice) => ({
  ...choice,
  ...(device === undefined ? {} : { provider: device.toLowerCase() }),
});

/** The built-in models, written where they are needed, and any model file of the user's. */
export const onnxSource = (host: RunnerHost, cacheFolder: string): WorkloadSource => {
  /** Where the model of a workload lies that came from a file. */
  const paths = new Map<string, string>();
  let asked: ReturnType<typeof onnxRuntime> | undefined;
  return {
    runner: 'onnx',
    list: async (choice, signal) => {
      asked ??= onnxRuntime(host, signal);
      asked.catch(() => {
        asked = undefined;
      });
      const runtime = await asked;
      const workloads = onnxWorkloads(options(choice));
      return 'unavailable' in runtime ? workloads.map((workload) => ({ ...workload, ...runtime })) : workloads;
    },
    fromFile: async (path, choice, signal) => {
      const workload = onnxFileWorkload(await openOnnxFile(path, signal), options(choice));
      paths.set(workload.hash, resolve(path));
      return workload;
    },
    program: async () => host.program('onnx'),
    files: async (workload: Workload) => {
      const known = paths.get(workload.hash);
      if (known) return { model: known };
      const { sha256, bytes } = onnxModelBytes(workload.definition);
      const folder = join(cacheFolder, 'models');
      const model = join(folder, `${sha256}.onnx`);
      if ((await kindOf(model)) !== 'file') {
        await makeFolder(folder, { recursive: true });
        await writeAtomically(model, bytes);
      }
      return { model };
    },
  };
};
