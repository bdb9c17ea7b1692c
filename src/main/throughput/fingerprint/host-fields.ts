import type { FingerprintValue } from '../../../shared/model/throughput-run.ts';
import type { Reach } from '../telemetry/source.ts';
import { type FingerprintFields, knownText, unknown } from './field.ts';

const paths = {
  release: '/etc/os-release',
  kernel: '/proc/sys/kernel/osrelease',
  cpu: '/proc/cpuinfo',
  memory: '/proc/meminfo',
  smt: '/sys/devices/system/cpu/smt/control',
  noTurbo: '/sys/devices/system/cpu/intel_pstate/no_turbo',
  boost: '/sys/devices/system/cpu/cpufreq/boost',
  cgroup: '/proc/self/cgroup',
  rocm: '/opt/rocm/.info/version',
  toolkit: '/usr/local/cuda/version.json',
} as const;

type Texts = Awaited<ReturnType<Reach['readTexts']>>;

const matched = (texts: Texts, path: string, pattern: RegExp): FingerprintValue => {
  const file = texts[path];
  if (!file) return unknown(`not read: ${path}`);
  if ('reason' in file) return unknown(file.reason);
  return knownText(pattern.exec(file.text)?.[1], `not in the file: ${path}`);
};

const textOf = (texts: Texts, path: string): string => {
  const file = texts[path];
  return file && 'text' in file ? file.text : '';
};

/** One word for all processors, or all the words where they differ. */
const governorOf = (texts: Texts, files: readonly string[]): FingerprintValue => {
  const words = new Set(files.map((path) => textOf(texts, path).trim()).filter((word) => word !== ''));
  return words.size === 0 ? unknown('the kernel shows no frequency governor') : [...words].sort().join(', ');
};

/** Boost is told by two drivers in opposite senses. */
const turboOf = (texts: Texts): FingerprintValue => {
  const noTurbo = textOf(texts, paths.noTurbo).trim();
  const boost = textOf(texts, paths.boost).trim();
  if (noTurbo !== '') return noTurbo === '0';
  return boost === '' ? unknown('the kernel shows no boost switch') : boost === '1';
};

const supplyOf = async (reach: Reach): Promise<FingerprintValue> => {
  const folder = '/sys/class/power_supply';
  const names = await reach.listNames(folder);
  const texts = await reach.readTexts(names.flatMap((name) => [`${folder}/${name}/type`, `${folder}/${name}/online`]));
  const mains = names.filter((name) => textOf(texts, `${folder}/${name}/type`).trim() === 'Mains');
  if (mains.length === 0) return unknown('the kernel shows no mains supply');
  return mains.some((name) => textOf(texts, `${folder}/${name}/online`).trim() === '1') ? 'mains' : 'battery';
};

/** Inside a container its own image cannot be seen; that there is one can. */
const containerOf = (texts: Texts, marker: boolean): FingerprintValue =>
  marker || /docker|containerd|kubepods|libpod|lxc/.test(textOf(texts, paths.cgroup))
    ? unknown('runs in a container, which cannot see the digest of its own image')
    : 'none';

/** What a Linux host says about itself in files; nothing that changes by itself, as `cpu MHz` and bogomips do. */
export const collectLinuxHost = async (reach: Reach): Promise<FingerprintFields> => {
  const cpus = (await reach.listNames('/sys/devices/system/cpu')).filter((name) => /^cpu\d+$/.test(name));
  const governors = cpus.map((cpu) => `/sys/devices/system/cpu/${cpu}/cpufreq/scaling_governor`);
  const nodes = (await reach.listNames('/sys/devices/system/node')).filter((name) => /^node\d+$/.test(name));
  const inRoot = await reach.listNames('/');
  const texts = await reach.readTexts([...Object.values(paths), ...governors]);
  const cpuText = textOf(texts, paths.cpu);
  const kilobytes = matched(texts, paths.memory, /^MemTotal:\s+(\d+) kB$/m);
  return {
    os: matched(texts, paths.release, /^PRETTY_NAME="?([^"\n]+)"?$/m),
    kernel: matched(texts, paths.kernel, /^(\S+)/),
    cpu: matched(texts, paths.cpu, /^(?:model name|Model|Hardware)\s*:\s*(.+)$/m),
    microcode: matched(texts, paths.cpu, /^microcode\s*:\s*(\S+)$/m),
    cpu_count: cpus.length > 0 ? cpus.length : unknown('the kernel lists no processors'),
    // To the gibibyte: the kernel takes a few megabytes more or less for itself at each start.
    memory_gib: typeof kilobytes === 'string' ? Math.round(Number(kilobytes) / 2 ** 20) : kilobytes,
    numa_nodes: nodes.length > 0 ? nodes.length : unknown('the kernel lists no memory nodes'),
    governor: governorOf(texts, governors),
    smt: matched(texts, paths.smt, /^(\S+)/),
    turbo: turboOf(texts),
    virtual_machine: cpuText === '' ? unknown(`not read: ${paths.cpu}`) : /^flags\s*:.*\bhypervisor\b/m.test(cpuText),
    container: containerOf(texts, inRoot.includes('.dockerenv')),
    power_supply: await supplyOf(reach),
    rocm: matched(texts, paths.rocm, /^(\S+)/),
    cuda_toolkit: matched(texts, paths.toolkit, /"cuda"\s*:\s*\{[^}]*"version"\s*:\s*"([^"]+)"/),
  };
};
