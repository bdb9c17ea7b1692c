import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { embeddedJson, isFields } from '../telemetry/embedded-json.ts';
import type { PollLimits, Reach } from '../telemetry/source.ts';
import { type FingerprintFields, fingerprintHash, knownText, unknown } from './field.ts';
import { collectGpu } from './gpu-fields.ts';
import { collectLinuxHost } from './host-fields.ts';

export interface FingerprintQuestion {
  reach: Reach;
  /** As the platform names the machine. */
  machine: { os: string; arch: string; node: string };
  environment: Readonly<Record<string, string | undefined>>;
  /** UUID of the GPU that the run uses; the first one where it is not known. */
  device?: string;
  /** What only the runner knows: its own version, a container's digest. Goes before what is found here. */
  more?: FingerprintFields;
  limits: PollLimits;
}

/** Variables that change what a GPU program does, or how fast; one that is not set is known to be so. */
export const fingerprintVariables = [
  'CUDA_VISIBLE_DEVICES',
  'CUDA_DEVICE_ORDER',
  'CUDA_LAUNCH_BLOCKING',
  'CUDA_MODULE_LOADING',
  'CUDA_MPS_PIPE_DIRECTORY',
  'CUBLAS_WORKSPACE_CONFIG',
  'NVIDIA_TF32_OVERRIDE',
  'NVIDIA_VISIBLE_DEVICES',
  'NCCL_P2P_DISABLE',
  'PYTORCH_CUDA_ALLOC_CONF',
  'TORCH_CUDNN_V8_API_DISABLED',
  'HIP_VISIBLE_DEVICES',
  'ROCR_VISIBLE_DEVICES',
  'HSA_OVERRIDE_GFX_VERSION',
  'ZE_AFFINITY_MASK',
  'VK_ICD_FILENAMES',
  'VK_DRIVER_FILES',
  'OMP_NUM_THREADS',
  'OMP_PROC_BIND',
  'MKL_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'LD_LIBRARY_PATH',
  'LD_PRELOAD',
  'MALLOC_ARENA_MAX',
] as const;

/** Distributions of Python by name; the libraries of the kernels come as packages of their own. */
const packages: Record<string, string> = {
  torch: 'torch',
  onnxruntime: 'onnxruntime',
  'packages.onnxruntime-gpu': 'onnxruntime-gpu',
  'packages.tensorrt': 'tensorrt',
  'packages.tensorflow': 'tensorflow',
  'packages.jax': 'jax',
  vllm: 'vllm',
  'packages.transformers': 'transformers',
  'packages.triton': 'triton',
  'packages.flash-attn': 'flash-attn',
  'packages.numpy': 'numpy',
  'packages.cudnn': 'nvidia-cudnn-cu12',
  'packages.cublas': 'nvidia-cublas-cu12',
  'packages.nccl': 'nvidia-nccl-cu12',
};

/** Reads metadata only: importing torch would take seconds and start the GPU. */
const program = `import importlib.metadata as m, json, platform, sys
out = {"python": platform.python_version()}
for name in sys.argv[1:]:
    try:
        out[name] = m.version(name)
    except m.PackageNotFoundError:
        out[name] = ""
print(json.dumps(out))`;

const collectPackages = async (reach: Reach, limits: PollLimits): Promise<FingerprintFields> => {
  const result = await reach.runTool('python3', ['-c', program, ...Object.values(packages)], limits);
  const answer = result.ended === 'exit' && result.code === 0 ? embeddedJson(result.stdout) : null;
  const names = ['python', ...Object.keys(packages)];
  if (!isFields(answer)) {
    const none = unknown(`python3 did not answer: ${result.ended === 'exit' ? `code ${result.code}` : result.ended}`);
    return Object.fromEntries(names.map((name) => [name, none]));
  }
  const version = (name: string) => (answer[name] === '' ? 'not installed' : String(answer[name]));
  return {
    python: version('python'),
    ...Object.fromEntries(Object.entries(packages).map(([field, name]) => [field, version(name)])),
  };
};

/** `vulkaninfo --summary`: the loader's version, and what the first device says of its driver. */
const collectVulkan = async (reach: Reach, limits: PollLimits): Promise<FingerprintFields> => {
  const result = await reach.runTool('vulkaninfo', ['--summary'], limits);
  const why = result.ended === 'absent' ? 'vulkaninfo cannot be started' : 'not in the answer of vulkaninfo';
  return {
    vulkan: knownText(/^Vulkan Instance Version:\s*(\S+)/m.exec(result.stdout)?.[1], why),
    vulkan_driver: knownText(/^\s*driverInfo\s*=\s*(.+)$/m.exec(result.stdout)?.[1], why),
  };
};

const linuxOnly = ['kernel', 'cpu', 'microcode', 'cpu_count', 'memory_gib', 'numa_nodes', 'governor', 'smt', 'turbo'];
const linuxOnlyToo = ['virtual_machine', 'container', 'power_supply', 'rocm', 'cuda_toolkit'];

const collectHost = async ({ reach, machine }: FingerprintQuestion): Promise<FingerprintFields> => {
  if (machine.os.startsWith('linux')) return collectLinuxHost(reach);
  const none = unknown(`read on Linux only, this is: ${machine.os}`);
  return { os: machine.os, ...Object.fromEntries([...linuxOnly, ...linuxOnlyToo].map((name) => [name, none])) };
};

/** Everything that could explain a difference between two runs, as far as this machine tells; looks and changes nothing. */
export const collectFingerprint = async (question: FingerprintQuestion): Promise<ThroughputRun['fingerprint']> => {
  const { reach, machine, environment, device, more = {}, limits } = question;
  const [gpu, host, python, vulkan] = await Promise.all([
    collectGpu(reach, limits, device),
    collectHost(question),
    collectPackages(reach, limits),
    collectVulkan(reach, limits),
  ]);
  const set = fingerprintVariables.map((name): [string, string] => [`env.${name}`, environment[name] ?? 'not set']);
  const fields: FingerprintFields = {
    ...gpu,
    ...host,
    arch: machine.arch,
    node: machine.node,
    ...python,
    ...vulkan,
    ...Object.fromEntries(set),
    ...more,
  };
  return { hash: fingerprintHash(fields), fields };
};
