import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listSystemNames, readSystemTexts } from '../../../src/main/platform/system-files.ts';
import { runTool } from '../../../src/main/platform/tool-process.ts';
import { collectFingerprint } from '../../../src/main/throughput/fingerprint/collect.ts';
import { ThroughputRun } from '../../../src/shared/model/throughput-run.ts';
import { fakeTool } from '../../fixtures/fake-tool.ts';
import { capture, captureNames } from '../../fixtures/nvidia-capture.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';

let folder: string;
beforeEach(() => {
  folder = scratchFolder();
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const files: Record<string, string> = {
  '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian"\n',
  '/proc/sys/kernel/osrelease': '6.1.0-28-amd64\n',
  '/proc/cpuinfo':
    'model name\t: AMD EPYC 7763\nmicrocode\t: 0xa0011d1\ncpu MHz\t: 2450.123\nflags\t: fpu hypervisor\nbogomips\t: 4900.1\n',
  '/proc/meminfo': 'MemTotal:       131886648 kB\n',
  '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'performance\n',
  '/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor': 'powersave\n',
  '/sys/devices/system/cpu/cpufreq/boost': '1\n',
  '/sys/class/power_supply/AC/type': 'Mains\n',
  '/sys/class/power_supply/AC/online': '0\n',
};
const folders: Record<string, string[]> = {
  '/sys/devices/system/cpu': ['cpu0', 'cpu1', 'cpufreq'],
  '/sys/devices/system/node': ['node0', 'node1', 'possible'],
  '/sys/class/power_supply': ['AC'],
  '/': ['etc', 'proc'],
};
const machine = { os: 'linux 6.1.0-28-amd64', arch: 'x64', node: '24.1.0' };
const reach = {
  runTool,
  listNames: async (name: string) => folders[name] ?? [],
  readTexts: async (paths: readonly string[]) =>
    Object.fromEntries(
      paths.map((path) => [path, path in files ? { text: files[path]! } : { reason: `no such file: ${path}` }]),
    ),
};
const collect = (more: Partial<Parameters<typeof collectFingerprint>[0]> = {}) =>
  collectFingerprint({ reach, machine, environment: { OMP_NUM_THREADS: '8' }, limits: { limitMs: 20_000 }, ...more });

const apps = 'gpu_uuid, pid, process_name, used_gpu_memory [MiB]\n';
const nvidia = (file: string, processes = ''): void =>
  fakeTool(folder, 'nvidia-smi', [
    { when: '^-q -x$', stdout: capture(`nvidia-smi-xml/${file}`) },
    { when: '^--query-compute-apps', stdout: `${apps}${processes}` },
  ]);

describe('the fingerprint of a machine', () => {
  it('its host, from files', async () => {
    const { fields } = await collect();
    expect(fields).toMatchObject({
      os: 'Debian GNU/Linux 12 (bookworm)',
      kernel: '6.1.0-28-amd64',
      cpu: 'AMD EPYC 7763',
      microcode: '0xa0011d1',
      cpu_count: 2,
      memory_gib: 126,
      numa_nodes: 2,
      governor: 'performance, powersave',
      turbo: true,
      virtual_machine: true,
      container: 'none',
      power_supply: 'battery',
      'env.OMP_NUM_THREADS': '8',
      'env.CUDA_VISIBLE_DEVICES': 'not set',
      smt: { value: null, reason: expect.stringContaining('no such file') },
    });
    expect(JSON.stringify(fields)).not.toMatch(/4900|2450/);
  });

  it.each(captureNames('nvidia-smi-xml'))('its GPU, %s', async (file) => {
    nvidia(file);
    const { fields, hash } = await collect();
    expect(fields.gpu).toEqual(expect.any(String));
    expect(fields.co_tenants).toBe('none');
    expect(ThroughputRun.shape.fingerprint.parse({ fields, hash })).toEqual({ fields, hash });
  });

  it('has no GPU where no tool answers, and says what each of them said', async () => {
    const mismatch = capture('nvidia-smi-failures/driver-mismatch.txt');
    fakeTool(folder, 'nvidia-smi', [{ stdout: mismatch, code: 9 }]);
    const { fields } = await collect();
    expect(fields.driver).toEqual({
      value: null,
      reason: expect.stringMatching(/nvidia-smi: NVIDIA-SMI has failed.*amd-smi: cannot be started.*rocm-smi: cannot/s),
    });
    expect(fields.gpu_count).toMatchObject({ value: null });
  });

  it('asks rocm-smi where amd-smi is not there', async () => {
    fakeTool(folder, 'rocm-smi', [{ stdout: capture('rocm-smi/mi100_rocm571.json') }]);
    const { fields } = await collect();
    expect(fields).toMatchObject({ gpu_count: 6, vbios: '113-D3430400-037', power_max_limit_w: 290 });
    expect(fields.co_tenants).toMatchObject({ reason: 'rocm-smi is not asked for processes' });
  });

  it('names who else is on the GPU, and its hash does not move with them', async () => {
    nvidia('a10g.xml');
    const alone = await collect();
    const uuid = alone.fields.gpu_uuid;
    nvidia(
      'a10g.xml',
      `${uuid}, 12, /home/someone/bin/python3, 20 MiB\n${uuid}, 13, python3, 20 MiB\nGPU-other, 14, x, 1 MiB\n`,
    );
    const shared = await collect();
    expect([alone.fields.co_tenants, shared.fields.co_tenants]).toEqual(['none', '2 x python3']);
    expect(shared.hash).toBe(alone.hash);
  });

  it('knows versions of Python packages, and that one is not installed; vulkan; what the runner adds', async () => {
    fakeTool(folder, 'python3', [{ stdout: '{"python": "3.12.1", "torch": "2.5.1", "vllm": ""}\n' }]);
    fakeTool(folder, 'vulkaninfo', [
      { stdout: 'WARNING: x\nVulkan Instance Version: 1.3.290\nGPU0:\n\tdriverInfo         = Mesa 25.0.7\n' },
    ]);
    const { fields } = await collect({ more: { container: 'sha256:12', dawn: '0.6.2' } });
    expect(fields).toMatchObject({ python: '3.12.1', torch: '2.5.1', vllm: 'not installed' });
    expect(fields).toMatchObject({
      vulkan: '1.3.290',
      vulkan_driver: 'Mesa 25.0.7',
      container: 'sha256:12',
      dawn: '0.6.2',
    });
  });

  it('is not read as Linux elsewhere', async () => {
    const { fields } = await collect({ machine: { os: 'darwin 25.2.0', arch: 'arm64', node: '24.1.0' } });
    expect(fields).toMatchObject({ os: 'darwin 25.2.0', arch: 'arm64', cpu: { reason: /Linux only/ } });
  });

  it.runIf(process.platform === 'linux')('of this machine twice is the same', async () => {
    const own = { runTool, readTexts: readSystemTexts, listNames: listSystemNames };
    const [first, second] = [await collect({ reach: own }), await collect({ reach: own })];
    expect(second).toEqual(first);
    expect(first.fields.kernel).toEqual(expect.any(String));
  });
});
