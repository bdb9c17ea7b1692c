import { readAmdSmi, readAmdSmiList } from './amd-smi.ts';
import { isHwmonFile, readHwmon } from './hwmon.ts';
import { isEnoughOfIntelGpuTop, readIntelGpuTop } from './intel-gpu-top.ts';
import { hostFiles, readLinuxHost } from './linux-host.ts';
import { readMacmon } from './macmon.ts';
import { nvidiaSource } from './nvidia-source.ts';
import { readNvtop } from './nvtop.ts';
import { readPowermetrics } from './powermetrics.ts';
import { readRapl } from './rapl.ts';
import { readRocmSmi } from './rocm-smi.ts';
import type { Reach, TelemetrySource } from './source.ts';
import { readTegrastats } from './tegrastats.ts';
import { fileSource, plainTool } from './tool-poll.ts';
import { readXpuSmi, xpuSmiMetrics } from './xpu-smi.ts';

/** amd-smi numbers its GPUs; their UUIDs are in another answer, asked for once. */
const amdSource: TelemetrySource = {
  tool: 'amd-smi',
  open: async (reach, limits) => {
    const list = await reach.runTool('amd-smi', ['list', '--json'], limits);
    const uuids = list.ended === 'exit' ? readAmdSmiList(list.stdout) : new Map<number, string>();
    return plainTool('amd-smi', ['metric', '--json'], (text) => readAmdSmi(text, uuids)).open(reach, limits);
  },
};

const oneLine = (text: string): boolean => text.includes('\n');

const below = async (reach: Reach, folder: string, wanted: (name: string) => boolean): Promise<string[]> =>
  (await reach.listNames(folder)).filter(wanted).map((name) => `${folder}/${name}`);

const hwmonFiles = async (reach: Reach): Promise<string[]> => {
  const chips = await below(reach, '/sys/class/hwmon', (name) => /^hwmon\d+$/.test(name));
  return (await Promise.all(chips.map((chip) => below(reach, chip, isHwmonFile)))).flat();
};

const raplFiles = async (reach: Reach): Promise<string[]> => {
  const zones = await below(reach, '/sys/class/powercap', (name) => /^intel-rapl:\d/.test(name));
  return zones.flatMap((zone) => [`${zone}/name`, `${zone}/energy_uj`, `${zone}/max_energy_range_uj`]);
};

const linuxFiles = async (reach: Reach): Promise<string[]> => {
  const cpus = await below(reach, '/sys/devices/system/cpu', (name) => /^cpu\d+$/.test(name));
  if (cpus.length === 0) return [];
  // One core a socket would miss the core that runs the benchmark; 64 files are read in well under a millisecond.
  return [...Object.values(hostFiles), ...cpus.slice(0, 64).map((cpu) => `${cpu}/cpufreq/scaling_cur_freq`)];
};

/** Sources by what they watch: within one list the first that answers is used, the lists stand beside each other. */
export const telemetrySources: readonly (readonly TelemetrySource[])[] = [
  [nvidiaSource],
  [amdSource, plainTool('rocm-smi', ['-a', '--json'], readRocmSmi)],
  [
    plainTool('xpu-smi', ['dump', '-d', '-1', '-m', xpuSmiMetrics, '-n', '1'], readXpuSmi),
    plainTool('intel_gpu_top', ['-J', '-s', '200'], readIntelGpuTop, isEnoughOfIntelGpuTop),
  ],
  [plainTool('tegrastats', ['--interval', '100'], readTegrastats, oneLine)],
  [
    plainTool('macmon', ['pipe', '-s', '1'], readMacmon, oneLine),
    plainTool('powermetrics', ['--samplers', 'gpu_power', '-n', '1', '-i', '200'], readPowermetrics),
  ],
  [fileSource('linux', linuxFiles, readLinuxHost)],
  [fileSource('hwmon', hwmonFiles, readHwmon)],
  [fileSource('rapl', raplFiles, readRapl)],
];

/** For a GPU that none of the vendors' tools knows. */
export const lastResort: TelemetrySource = plainTool('nvtop', ['-s'], readNvtop);
