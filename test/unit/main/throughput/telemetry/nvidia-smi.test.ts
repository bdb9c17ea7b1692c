import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nvidiaFailure,
  readNvidiaCsv,
  readNvidiaProcesses,
} from '../../../../../src/main/throughput/telemetry/nvidia-csv.ts';
import {
  nvidiaFieldNames,
  nvidiaQuery,
  nvidiaWishes,
} from '../../../../../src/main/throughput/telemetry/nvidia-fields.ts';
import { find } from '../../../../../src/main/throughput/telemetry/reading.ts';
import { capture, fieldMatrix, nvidiaMachines, nvidiaSection } from '../../../../fixtures/nvidia-capture.ts';

const machines = Object.keys(nvidiaMachines);
const read = (machine: string, phase: 'idle' | 'load') => {
  const query = nvidiaQuery(nvidiaSection(machine, 'capabilities :: help-query-gpu'));
  return readNvidiaCsv(nvidiaSection(machine, `${phase} :: query-gpu`), query);
};
const everyField = { asked: nvidiaWishes.map((wish) => ({ field: wish.fields[0]!, wish })), refused: [] };

describe('what a driver offers', () => {
  it.each(machines)('%s: every wish has a name in its help', (machine) => {
    const query = nvidiaQuery(nvidiaSection(machine, 'capabilities :: help-query-gpu'));
    expect(query.refused.map(({ name }) => name)).toEqual([]);
    expect(query.asked).toHaveLength(nvidiaWishes.length);
  });

  it('is read with its second names, and nothing that is not a field', () => {
    const names = nvidiaFieldNames(nvidiaSection('h200', 'capabilities :: help-query-gpu'));
    expect(names).toContain('clocks_event_reasons.active');
    expect(names).toContain('clocks_throttle_reasons.active');
    expect(names).not.toContain('--query-gpu');
    expect(names).toContain('power.draw.instant');
  });

  it('is asked by its old name where the new one is unknown, and what has no name at all is unknown for that reason', () => {
    const query = nvidiaQuery('"uuid" or "gpu_uuid"\ntext\n\n"clocks_throttle_reasons.active"\ntext\n');
    expect(query.asked.map(({ field }) => field)).toEqual(['uuid', 'clocks_throttle_reasons.active']);
    const output = readNvidiaCsv('uuid, clocks_event_reasons.active\nGPU-1, 0x0000000000000044\n', query);
    expect(find(output.readings, 'clock_event_reasons')).toMatchObject({ device: 'GPU-1', value: 0x44 });
    expect(find(output.readings, 'power_w')).toMatchObject({
      value: null,
      reason: 'not offered by this driver: power.draw',
    });
  });

  it('is asked without a field that was refused all the same', () => {
    const help = nvidiaSection('h200', 'capabilities :: help-query-gpu');
    const query = nvidiaQuery(help, ['pcie.link.gen.gpucurrent']);
    expect(query.asked.find(({ wish }) => wish.name === 'pcie_gen')?.field).toBe('pcie.link.gen.current');
  });
});

describe('the table of a real machine', () => {
  const matrix = fieldMatrix();
  it.each(machines)('%s under load agrees with the matrix its author made', (machine) => {
    const output = read(machine, 'load');
    expect(output.problems).toEqual([]);
    let compared = 0;
    for (const wish of nvidiaWishes.filter(({ kind }) => kind === 'reading')) {
      const cell = wish.fields.map((field) => matrix.get(field)?.get(machine)).find((each) => each !== undefined);
      if (cell === undefined) continue;
      compared += 1;
      const reading = find(output.readings, wish.name)!;
      const digits = /^(?:P|0x)?[0-9a-f.]+/i.exec(cell)?.[0];
      const label = `${wish.name}: ${cell}`;
      if (cell === 'No' || cell === 'Yes') expect(reading.value, label).toBe(cell === 'Yes' ? 1 : 0);
      else if (cell === 'DEPR') expect(reading, label).toMatchObject({ value: null, reason: /no longer answers/ });
      else if (cell.endsWith('N/A') || cell.endsWith('N/A]')) {
        expect(reading.value, label).toBeNull();
        expect(reading.reason, label).toMatch(/no such value|not applicable/);
      } else expect(reading.value, label).toBe(Number(digits!.replace(/^P/, '')));
    }
    expect(compared).toBeGreaterThan(40);
  });

  it.each(machines)(
    '%s at rest: one device, a number for the clock and the temperature, no cell silently 0',
    (machine) => {
      const output = read(machine, 'idle');
      expect(new Set(output.readings.map(({ device }) => device)).size).toBe(1);
      expect(find(output.readings, 'sm_clock_mhz')!.value).toBeGreaterThan(0);
      expect(find(output.readings, 'temperature_c')!.value).toBeGreaterThan(20);
      for (const reading of output.readings) expect(reading.value === null).toBe(reading.reason !== undefined);
    },
  );

  it('tells what MIG hides', () => {
    const sliced = read('h100mig', 'load');
    const whole = read('h100-590', 'load');
    for (const name of ['utilisation_percent', 'remapped_rows_pending']) {
      expect(find(sliced.readings, name)!.value, name).toBeNull();
      expect(find(whole.readings, name)!.value, name).not.toBeNull();
    }
    expect(find(sliced.facts, 'mig')!.text).toBe('Enabled');
  });

  it('says on which machines the driver model exists', () => {
    expect(find(read('2080s-win591', 'idle').facts, 'driver_model')!.text).toBe('WDDM');
    expect(find(read('h200', 'idle').facts, 'driver_model')).toMatchObject({ text: null, reason: /no such value/ });
  });
});

describe('a missing cell', () => {
  const wishes = [
    'sm_clock_mhz',
    'power_w',
    'memory_temperature_c',
    'application_graphics_clock_mhz',
    'ecc_uncorrected',
  ];
  const output = readNvidiaCsv(capture('nvidia-smi-failures/cells.csv'), everyField);
  const devices = [0, 1].map((index) => `GPU-00000000-0000-0000-0000-00000000000${index}`);

  it('has a reason of its own for each kind, and is never 0', () => {
    const reasons = wishes.flatMap((name) =>
      devices.map((device) => find(output.readings, name, device)!).filter(({ value }) => value === null),
    );
    expect(reasons.map(({ name, device, reason }) => [name, device.slice(-1), reason])).toEqual([
      ['sm_clock_mhz', '1', 'the driver answered "unknown error"'],
      ['power_w', '1', 'not supported by this product'],
      ['memory_temperature_c', '0', 'not applicable in its present state, or no sensor'],
      ['memory_temperature_c', '1', 'the installed driver is older than the tool'],
      ['application_graphics_clock_mhz', '0', 'the driver no longer answers this query'],
      ['application_graphics_clock_mhz', '1', 'the driver failed while reading'],
      ['ecc_uncorrected', '0', 'this device has no such value'],
    ]);
    expect(find(output.readings, 'ecc_uncorrected', devices[1])!.value).toBe(0);
    expect(find(output.readings, 'power_w', devices[0])!.value).toBe(630.12);
  });

  it('says so when more rights are needed', () => {
    const text = 'gpu_uuid, pid, process_name, used_gpu_memory [MiB]\nGPU-1, 12, a, [Insufficient Permissions]\n';
    expect(readNvidiaProcesses(text).processes[0]!.memoryMib).toEqual({
      reason: 'needs more rights than this user has',
    });
  });

  it('refuses a row with another number of cells instead of shifting it', () => {
    const short = readNvidiaCsv('uuid, power.draw [W], pstate\nGPU-1, 100.00 W\n', everyField);
    expect(short.readings).toEqual([]);
    expect(short.problems).toEqual(['row with 2 cells for 3 headers: GPU-1, 100.00 W']);
  });

  it('does not guess a unit', () => {
    const odd = readNvidiaCsv('uuid, power.draw [hp]\nGPU-1, 2.00 hp\n', everyField);
    expect(find(odd.readings, 'power_w')).toMatchObject({ value: null, reason: 'unexpected unit: 2.00 hp' });
  });
});

describe('processes on a GPU', () => {
  it.each(machines)('%s: who works there under load', (machine) => {
    const { processes, problems } = readNvidiaProcesses(nvidiaSection(machine, 'load :: query-compute-apps'));
    expect(problems).toEqual([]);
    expect(processes.length).toBeGreaterThan(0);
    for (const { pid, program } of processes) {
      expect(pid).toBeGreaterThan(0);
      expect(program).not.toBe('');
    }
  });

  it('keeps a comma inside a name, and knows no memory on Windows', () => {
    const text = 'gpu_uuid, pid, process_name, used_gpu_memory [MiB]\nGPU-1, 12, C:\\a, b\\c.exe, 20 MiB\n';
    expect(readNvidiaProcesses(text).processes).toEqual([
      { device: 'GPU-1', pid: 12, program: 'C:\\a, b\\c.exe', memoryMib: { value: 20 } },
    ]);
    const windows = readNvidiaProcesses(nvidiaSection('2080s-win591', 'load :: query-compute-apps')).processes;
    expect(windows.every(({ memoryMib }) => 'reason' in memoryMib)).toBe(true);
  });
});

describe('a failure', () => {
  it.each([
    ['no-devices.txt', 'no-devices'],
    ['driver-mismatch.txt', 'no-driver'],
    ['gpu-lost.txt', 'device-lost'],
    ['unknown-error.txt', 'device-error'],
    ['field-invalid.txt', 'unknown-field'],
  ])('%s is known', (file, kind) => {
    expect(nvidiaFailure(capture(`nvidia-smi-failures/${file}`))?.kind).toBe(kind);
  });

  it('of a driver updated under a running system is known', () => {
    const text = 'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 570.86\n';
    expect(nvidiaFailure(text)).toEqual({
      kind: 'driver-mismatch',
      text: 'Failed to initialize NVML: Driver/library version mismatch',
    });
  });

  it('names the field that the driver does not know', () => {
    expect(nvidiaFailure(capture('nvidia-smi-failures/field-invalid.txt'))?.field).toBe(
      'clocks_throttle_reasons.unknown',
    );
  });

  it.each(machines)('is not seen in the good answer of %s', (machine) => {
    expect(nvidiaFailure(nvidiaSection(machine, 'load :: query-gpu'))).toBeNull();
  });
});

it('never throws on a text that was cut off, and never makes a value of a half row', () => {
  const texts = machines.map((machine) => nvidiaSection(machine, 'load :: query-gpu'));
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(6000), (text, length) => {
      const whole = readNvidiaCsv(text, everyField);
      const part = readNvidiaCsv(text.slice(0, length), everyField);
      for (const { name, value, reason } of part.readings) {
        if (value !== null) expect(value).toBe(find(whole.readings, name)!.value);
        else expect(reason).not.toBe('');
      }
      readNvidiaProcesses(text.slice(0, length));
      nvidiaQuery(text.slice(0, length));
    }),
  );
});
