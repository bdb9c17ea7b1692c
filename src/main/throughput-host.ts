import { runnerNode, runnerProgram } from './platform/runner-program.ts';
import { listSystemNames, readSystemTexts } from './platform/system-files.ts';
import { runTool } from './platform/tool-process.ts';
import type { Reach } from './throughput/telemetry/source.ts';
import { onnxSource } from './throughput/workloads/onnx-source.ts';
import type { RunnerHost } from './throughput/workloads/runner-probe.ts';
import type { WorkloadSource } from './throughput/workloads/source.ts';
import { webgpuSource } from './throughput/workloads/webgpu-source.ts';

/** The outside world as benchmark runs use it. */
export const reach: Reach = { runTool, readTexts: readSystemTexts, listNames: listSystemNames };

export const runnerHost: RunnerHost = {
  runTool,
  program: (name) => {
    const node = runnerNode();
    return node === null
      ? { unavailable: 'runners need a Node of their own, 22.12 or later, and there is none beside this program' }
      : { program: node, args: [runnerProgram(name).file] };
  },
};

/** Workloads of the runners that come with this program. */
export const builtInSources = (cacheFolder: string): WorkloadSource[] => [
  webgpuSource(runnerHost),
  onnxSource(runnerHost, cacheFolder),
];
