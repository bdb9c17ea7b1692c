import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmdSmi, readAmdSmiList, readAmdSmiStatic } from '../../../../../src/main/throughput/telemetry/amd-smi.ts';
import { isEnoughOfIntelGpuTop, readIntelGpuTop } from '../../../../../src/main/throughput/telemetry/intel-gpu-top.ts';
import { readMacmon } from '../../../../../src/main/throughput/telemetry/macmon.ts';
import { readNvtop } from '../../../../../src/main/throughput/telemetry/nvtop.ts';
import { readPowermetrics } from '../../../../../src/main/throughput/telemetry/powermetrics.ts';
import { find, type ToolOutput } from '../../../../../src/main/throughput/telemetry/reading.ts';
import { readRocmSmi } from '../../../../../src/main/throughput/telemetry/rocm-smi.ts';
import { readTegrastats } from '../../../../../src/main/throughput/telemetry/tegrastats.ts';
import { readXids } from '../../../../../src/main/throughput/telemetry/xid.ts';
import { readXpuSmi } from '../../../../../src/main/throughput/telemetry/xpu-smi.ts';
import { capture, captureNames } from '../../../../fixtures/nvidia-capture.ts';

const values = ({ readings }: ToolOutput, ...names: string[]) =>
  names.map((name) => {
    const reading = find(readings, name)!;
    return reading.value ?? reading.reason;
  });

describe('rocm-smi', () => {
  const files = captureNames('rocm-smi');
  const read = (name: string) => readRocmSmi(capture(`rocm-smi/${name}`));

  it.each<[string, string, (number | string)[]]>([
    [
      'beszel-rembrandt-680m.json',
      'guid:34756',
      [28.159, 49, 'not printed by this release', 'not printed by this release'],
    ],
    ['rx6700xt_rocm430.json', 'pci:0000:07:00.0', [6, 45, 500, 4]],
    ['rx6700xt_rocm602.json', 'pci:0000:07:00.0', ['not applicable: Secondary die', 45, 500, 4]],
    ['rx6700xt_rocm612.json', 'pci:0000:07:00.0', [6, 45, 0, 4]],
    ['vega-10-XT.json', 'amd:0x2150e7d042a1124', [15, 39, 1269, 3]],
    ['vega-20-WKS-GL-XE.json', 'amd:0x2f048617326b1ea', [26, 36, 1725, 4]],
  ])('%s', (name, device, expected) => {
    const output = read(name);
    expect(output.readings[0]!.device).toBe(device);
    expect(values(output, 'power_w', 'temperature_c', 'sm_clock_mhz', 'pcie_gen')).toEqual(expected);
  });

  it('keeps the cards of one machine apart', () => {
    const devices = (name: string) => new Set(read(name).readings.map(({ device }) => device));
    expect([devices('mi100_rocm571.json').size, devices('mi100_rocm602.json').size]).toEqual([6, 4]);
  });

  it.each(files)('%s: every unknown has its reason, memory in MiB', (name) => {
    const { readings, problems } = read(name);
    expect(problems).toEqual([]);
    for (const each of readings) expect(each.value === null, each.name).toBe(each.reason !== undefined);
    expect(find(readings, 'memory_total_mib')!.value! % 1).toBe(0);
  });

  it('does not take a number for a name', () => {
    expect(find(read('rx6700xt_rocm430.json').facts, 'gpu')).toMatchObject({ text: null, reason: /number instead/ });
    expect(find(read('rx6700xt_rocm612.json').facts, 'gpu')!.text).toMatch(/Navi 22/);
  });

  it('finds the JSON behind a warning', () => {
    const text = `WARNING: AMD GPU device(s) is/are in a low-power state.\n\n${capture('rocm-smi/vega-10-XT.json')}`;
    expect(values(readRocmSmi(text), 'power_w')).toEqual([15]);
  });
});

describe('amd-smi', () => {
  it('reads the capture: a value with its unit, N/A, and what is not printed', () => {
    const output = readAmdSmi(capture('amd-smi/metric-w7700-usage.json'));
    expect(values(output, 'utilisation_percent', 'memory_utilisation_percent', 'power_w')).toEqual([
      42,
      3,
      'not printed by this release',
    ]);
  });

  it('reads bare numbers, null, a wrapper, any order, after a banner; keyed by the UUID of the list', () => {
    const uuids = readAmdSmiList(
      '[{"gpu":0,"bdf":"0000:03:00.0","uuid":"aa"},{"gpu":1,"bdf":"0000:83:00.0","uuid":"N/A"}]',
    );
    const text = `[WARNING] something\n{"gpu_data":[
      {"gpu":1,"power":{"socket_power":"N/A"},"energy":{"total_energy_consumption":null},"fan":{"rpm":1200}},
      {"gpu":0,"power":{"socket_power":{"value":300,"unit":"W"}},
       "energy":{"total_energy_consumption":{"value":12.5,"unit":"J"}},
       "clock":{"gfx_0":{"clk":{"value":2100,"unit":"MHz"}}}}]}`;
    const { readings } = readAmdSmi(text, uuids);
    const of = (device: string, name: string) => find(readings, name, device)!;
    expect(of('aa', 'power_w').value).toBe(300);
    expect(of('aa', 'energy_mj').value).toBe(12500);
    expect(of('aa', 'sm_clock_mhz').value).toBe(2100);
    expect(of('pci:0000:83:00.0', 'power_w')).toMatchObject({ value: null, reason: /not applicable/ });
    expect(of('pci:0000:83:00.0', 'energy_mj')).toMatchObject({ value: null, reason: 'the tool answered null' });
    expect(of('pci:0000:83:00.0', 'fan_rpm').value).toBe(1200);
  });

  it('reads what does not change', () => {
    const text = '[{"gpu":0,"asic":{"market_name":"W7700"},"limit":{"socket_power":{"value":150,"unit":"W"}}}]';
    const { facts, readings } = readAmdSmiStatic(text);
    expect(find(facts, 'gpu')!.text).toBe('W7700');
    expect(find(facts, 'vbios')!.text).toBeNull();
    expect(find(readings, 'power_limit_w')!.value).toBe(150);
  });
});

describe('tegrastats', () => {
  const lines = capture('tegrastats/tegrastats.txt').trimEnd().split('\n');
  it.each<[number, (number | string)[]]>([
    [
      0,
      [
        45,
        'this release prints no GPU clock',
        'no rail for the whole board: VDD_GPU_SOC',
        'this line has no GPU sensor',
      ],
    ],
    [1, [63, 621, 12.479, 53.343]],
    [2, [0, 'this release prints no GPU clock', 4.824, 49.031]],
    [
      3,
      [
        45,
        'this release prints no GPU clock',
        'no rail for the whole board: VDD_GPU_SOC',
        'this line has no GPU sensor',
      ],
    ],
    [4, [0, 114, 5.297, 39.5]],
  ])('dialect %i', (index, expected) => {
    const output = readTegrastats(`${lines[index]}\n`);
    expect(values(output, 'utilisation_percent', 'sm_clock_mhz', 'power_w', 'temperature_c')).toEqual(expected);
  });

  it('keeps the rails that are not the whole board', () => {
    expect(values(readTegrastats(`${lines[0]}\n`), 'rail_vdd_gpu_soc_w')).toEqual([2.171]);
    expect(values(readTegrastats(`${lines[4]}\n`), 'rail_vdd_sys_gpu_w', 'junction_temperature_c')).toEqual([
      0.182,
      'this line has no junction sensor',
    ]);
  });
});

describe('macOS', () => {
  it('powermetrics, whole and partial', () => {
    const output = readPowermetrics(capture('macos/powermetrics-gpu_power.txt'));
    expect(values(output, 'power_w', 'sm_clock_mhz', 'utilisation_percent')).toEqual([0.004, 444, 0.97]);
    expect(find(output.facts, 'gpu')!.text).toBe('Mac14,10');
    const partial = readPowermetrics(capture('macos/powermetrics-partial.txt'));
    expect(values(partial, 'power_w', 'sm_clock_mhz')).toEqual([0.12, 'not in the answer']);
  });

  it('macmon', () => {
    const output = readMacmon(capture('macos/macmon.json'));
    expect(values(output, 'sm_clock_mhz', 'memory_total_mib')).toEqual([503, 16384]);
    expect(find(output.readings, 'power_w')!.value).toBeCloseTo(0.01086, 5);
    expect(find(output.readings, 'utilisation_percent')!.value).toBeCloseTo(1.3633, 4);
  });
});

it('nvtop: null stays unknown, a word is not a number', () => {
  const output = readNvtop(capture('nvtop/nvtop-s.json'));
  const of = (device: string, name: string) => find(output.readings, name, device)!;
  expect(of('nvtop:0:NVIDIA GeForce RTX 3050 Ti Laptop GPU', 'power_w').value).toBe(13);
  expect(of('nvtop:0:NVIDIA GeForce RTX 3050 Ti Laptop GPU', 'memory_total_mib').value).toBe(4096);
  expect(of('nvtop:0:NVIDIA GeForce RTX 3050 Ti Laptop GPU', 'fan_percent').reason).toBe('the tool answered null');
  expect(of('nvtop:1:AMD Radeon 680M', 'fan_percent').reason).toBe('not a number: CPU Fan');
});

describe('Intel, after the documentation', () => {
  it('xpu-smi dump: columns by title, unit from the header', () => {
    const text =
      'Timestamp, DeviceId, GPU Utilization (%), GPU Power (W), GPU Frequency (MHz), GPU Core Temperature (Celsius Degree), GPU Energy Consumed (J)\n' +
      '06:14:46.000,    0, 12.50, 14.61,  600, N/A, 2.5\n06:14:46.000,    1, 0.00, 15.00\n';
    const output = readXpuSmi(text);
    expect(values(output, 'utilisation_percent', 'power_w', 'sm_clock_mhz', 'energy_mj')).toEqual([
      12.5, 14.61, 600, 2500,
    ]);
    expect(find(output.readings, 'temperature_c')).toMatchObject({
      device: 'xpu:0',
      value: null,
      reason: /not applicable/,
    });
    expect(output.problems).toEqual([expect.stringContaining('row with 4 cells for 7 headers')]);
  });

  it('intel_gpu_top: the last complete object of an endless array', () => {
    const object = (clock: number) =>
      `{\n\t"period": {"duration": 200, "unit": "ms"},\n\t"frequency": {"actual": ${clock}, "unit": "MHz"},\n\t"power": {"GPU": 1.5, "Package": 9, "unit": "W"},\n\t"engines": {"Render/3D": {"busy": 40, "unit": "%"}, "Blitter": {"busy": 2, "unit": "%"}}\n}`;
    const text = `[\n${object(0)},\n${object(900)},\n{\n\t"period": {`;
    expect(isEnoughOfIntelGpuTop(text)).toBe(true);
    const output = readIntelGpuTop(text);
    expect(values(output, 'sm_clock_mhz', 'power_w', 'utilisation_percent')).toEqual([900, 1.5, 40]);
  });
});

describe('Xid lines', () => {
  it('by number, with what the catalogue says, and nothing else of the log', () => {
    const found = readXids(capture('dmesg/xid-lines.txt'));
    expect(found.map(({ code, kind, pciBus, atSeconds }) => [code, kind, pciBus, atSeconds])).toEqual([
      [79, 'fatal', '0000:23:00', 0],
      [63, 'memory', '0000:10:1c', 100],
      [31, 'application', '0000:01:00', 200],
      [45, 'application', '0000:01:00', 300],
    ]);
    expect(found[0]!.text).toBe('the GPU has fallen off the bus');
  });

  it('an unknown number keeps its own words and is not called fatal', () => {
    expect(readXids('NVRM: Xid (PCI:0000:01:00): 999, something new')[0]).toMatchObject({
      code: 999,
      kind: 'other',
      text: 'something new',
      atSeconds: null,
    });
  });
});

it('no parser throws, or invents a value, when its text was cut off', () => {
  const json = (folder: string) => captureNames(folder).map((name) => capture(`${folder}/${name}`));
  const cases: [(text: string) => ToolOutput, string[]][] = [
    [readRocmSmi, json('rocm-smi')],
    [readAmdSmi, json('amd-smi')],
    [readNvtop, json('nvtop')],
    [readMacmon, [capture('macos/macmon.json')]],
    [readPowermetrics, [capture('macos/powermetrics-gpu_power.txt')]],
    [
      readTegrastats,
      capture('tegrastats/tegrastats.txt')
        .trimEnd()
        .split('\n')
        .map((line) => `${line}\n`),
    ],
  ];
  const texts = cases.flatMap(([read, all]) => all.map((text): [(text: string) => ToolOutput, string] => [read, text]));
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), ([read, text], share) => {
      const whole = read(text);
      for (const { name, device, value } of read(text.slice(0, Math.floor(text.length * share))).readings) {
        if (value !== null) expect(value, name).toBe(find(whole.readings, name, device)!.value);
      }
    }),
    { numRuns: 300 },
  );
});

it('no parser throws on any text at all', () => {
  const readers = [
    readRocmSmi,
    readAmdSmi,
    readAmdSmiStatic,
    readNvtop,
    readMacmon,
    readPowermetrics,
    readTegrastats,
    readXpuSmi,
    readIntelGpuTop,
  ];
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const read of readers) expect(Array.isArray(read(text).readings)).toBe(true);
    }),
  );
});
