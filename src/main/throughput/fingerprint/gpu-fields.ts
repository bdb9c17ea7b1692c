import type { FingerprintValue } from '../../../shared/model/throughput-run.ts';
import { readAmdSmiList, readAmdSmiStatic } from '../telemetry/amd-smi.ts';
import { nvidiaFailure, readNvidiaProcesses } from '../telemetry/nvidia-csv.ts';
import { readNvidiaXml } from '../telemetry/nvidia-xml.ts';
import { find, type ToolOutput } from '../telemetry/reading.ts';
import { readRocmSmi } from '../telemetry/rocm-smi.ts';
import type { PollLimits, Reach } from '../telemetry/source.ts';
import { toolFault } from '../telemetry/tool-poll.ts';
import { type FingerprintFields, knownText, unknown } from './field.ts';

/** Fields that are words, by the name of the fact they come from. */
const words: Record<string, string> = {
  gpu: 'gpu',
  architecture: 'architecture',
  vbios: 'vbios',
  driver: 'driver',
  cuda: 'cuda',
  gsp_firmware: 'gsp_firmware',
  persistence_mode: 'persistence_mode',
  compute_mode: 'compute_mode',
  driver_model: 'driver_model',
  ecc: 'ecc',
  mig: 'mig',
  virtualisation: 'virtualisation',
  performance_level: 'performance_level',
  compute_partition: 'compute_partition',
  memory_partition: 'memory_partition',
  recovery_action: 'recovery_action',
};

/** Fields that are numbers, by the name of the reading they come from. */
const numbers: Record<string, string> = {
  gpu_memory_mib: 'memory_total_mib',
  gpu_memory_used_mib: 'memory_used_mib',
  mig_instances: 'mig_instances',
  pcie_gen_max: 'pcie_gen_max',
  pcie_width_max: 'pcie_width_max',
  power_limit_w: 'power_limit_w',
  power_enforced_limit_w: 'power_enforced_limit_w',
  power_default_limit_w: 'power_default_limit_w',
  power_min_limit_w: 'power_min_limit_w',
  power_max_limit_w: 'power_max_limit_w',
  max_sm_clock_mhz: 'max_sm_clock_mhz',
  max_memory_clock_mhz: 'max_memory_clock_mhz',
  application_graphics_clock_mhz: 'application_graphics_clock_mhz',
  application_memory_clock_mhz: 'application_memory_clock_mhz',
  remapped_rows_pending: 'remapped_rows_pending',
};

/** The fields of one GPU out of what its tool says; the first GPU where none is named. */
export const gpuFields = (output: ToolOutput, tool: string, device?: string): FingerprintFields => {
  const devices = [...new Set([...output.facts, ...output.readings].map((item) => item.device))];
  const own = device ?? devices[0];
  const noDevice = `${tool} does not know the device: ${own ?? 'none'}`;
  const fields: FingerprintFields = { gpu_count: devices.length };
  fields.gpu_uuid = own !== undefined && devices.includes(own) ? own : unknown(noDevice);
  const absent = (name: string) => (devices.includes(own ?? '') ? `not told by ${tool}: ${name}` : noDevice);
  for (const [name, fact] of Object.entries(words)) {
    const found = find(output.facts, fact, own);
    fields[name] = knownText(found?.text, found?.reason ?? absent(name));
  }
  for (const [name, reading] of Object.entries(numbers)) {
    const found = find(output.readings, reading, own);
    fields[name] = found?.value ?? unknown(found?.reason ?? absent(name));
  }
  return fields;
};

type Answer = { text: string } | { reason: string };

const ask = async (reach: Reach, tool: string, args: readonly string[], limits: PollLimits): Promise<Answer> => {
  const result = await reach.runTool(tool, args, limits);
  const failure = tool === 'nvidia-smi' ? nvidiaFailure(`${result.stdout}\n${result.stderr}`) : null;
  if (failure) return { reason: failure.text };
  const fault = toolFault(result, limits.limitMs);
  if (!fault) return { text: result.stdout };
  return { reason: 'lost' in fault ? fault.lost : 'failed' in fault ? fault.failed : 'stopped' };
};

/** A program without its folder, which is a person's business. */
const bareName = (program: string): string => program.split(/[\\/]/).at(-1) || program;

/** Programs on the GPU by name: process numbers would differ every time. */
const coTenants = async (reach: Reach, device: FingerprintValue, limits: PollLimits): Promise<FingerprintValue> => {
  const query = '--query-compute-apps=gpu_uuid,pid,used_gpu_memory,process_name';
  const answer = await ask(reach, 'nvidia-smi', [query, '--format=csv'], limits);
  if ('reason' in answer) return unknown(answer.reason);
  const { processes, problems } = readNvidiaProcesses(answer.text);
  if (problems.length > 0) return unknown(problems[0]!);
  const own = processes.filter((process) => typeof device !== 'string' || process.device === device);
  const counts = new Map<string, number>();
  for (const name of own.map(({ program }) => bareName(program))) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return names.length === 0
    ? 'none'
    : names.map(([name, count]) => (count > 1 ? `${count} x ${name}` : name)).join('; ');
};

const tools: { tool: string; read(reach: Reach, limits: PollLimits): Promise<ToolOutput | { reason: string }> }[] = [
  {
    tool: 'nvidia-smi',
    read: async (reach, limits) => {
      const answer = await ask(reach, 'nvidia-smi', ['-q', '-x'], limits);
      return 'reason' in answer ? answer : readNvidiaXml(answer.text);
    },
  },
  {
    tool: 'amd-smi',
    read: async (reach, limits) => {
      const list = await ask(reach, 'amd-smi', ['list', '--json'], limits);
      if ('reason' in list) return list;
      const answer = await ask(reach, 'amd-smi', ['static', '--json'], limits);
      return 'reason' in answer ? answer : readAmdSmiStatic(answer.text, readAmdSmiList(list.text));
    },
  },
  {
    tool: 'rocm-smi',
    read: async (reach, limits) => {
      const answer = await ask(reach, 'rocm-smi', ['-a', '--json'], limits);
      return 'reason' in answer ? answer : readRocmSmi(answer.text);
    },
  },
];

/** The fields of the GPU that a run uses, from the first vendor's tool that answers. */
export const collectGpu = async (reach: Reach, limits: PollLimits, device?: string): Promise<FingerprintFields> => {
  const reasons: string[] = [];
  for (const { tool, read } of tools) {
    const output = await read(reach, limits);
    if ('reason' in output) {
      reasons.push(`${tool}: ${output.reason}`);
      continue;
    }
    if (output.readings.length === 0) {
      reasons.push(`${tool}: ${output.problems[0] ?? 'no GPU in the answer'}`);
      continue;
    }
    const fields = gpuFields(output, tool, device);
    fields.co_tenants =
      tool === 'nvidia-smi'
        ? await coTenants(reach, fields.gpu_uuid!, limits)
        : unknown(`${tool} is not asked for processes`);
    return fields;
  }
  const none = unknown(`no tool of a GPU's vendor answered: ${reasons.join('; ')}`);
  const names = ['gpu_count', 'gpu_uuid', ...Object.keys(words), ...Object.keys(numbers), 'co_tenants'];
  return Object.fromEntries(names.map((name) => [name, none]));
};
