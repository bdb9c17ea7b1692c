import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterDelta, counterGrowth } from '../../../../../src/main/throughput/telemetry/counter.ts';
import { isHwmonFile, readHwmon } from '../../../../../src/main/throughput/telemetry/hwmon.ts';
import { readLinuxHost } from '../../../../../src/main/throughput/telemetry/linux-host.ts';
import { readRapl } from '../../../../../src/main/throughput/telemetry/rapl.ts';
import { find } from '../../../../../src/main/throughput/telemetry/reading.ts';

const files = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, { text }]));

describe('the Linux host', () => {
  const output = readLinuxHost(
    files({
      '/proc/pressure/cpu':
        'some avg10=97.83 avg60=82.56 avg300=66.68 total=8285815042\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
      '/proc/loadavg': '8.43 7.11 5.81 6/468 28443\n',
      '/proc/stat':
        'cpu  1618020 245713 254651 909096 3486 0 3303 17381 0 0\ncpu0 805717 121913 127740 458754 1913 0 1284 8420 0 0\n',
      '/sys/fs/cgroup/cpu.stat': 'usage_usec 1000\nnr_periods 20\nnr_throttled 3\nthrottled_usec 45000\n',
      '/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq': '2000000\n',
      '/sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq': '3000000\n',
    }),
  );
  const value = (name: string) => find(output.readings, name)!.value;

  it('pressure, load, steal, throttling, clock', () => {
    expect(value('pressure_cpu_some_percent')).toBe(97.83);
    expect(value('pressure_cpu_some_us')).toBe(8285815042);
    expect([value('load_1min'), value('running_processes')]).toEqual([8.43, 6]);
    expect([value('steal_ticks'), value('idle_ticks')]).toEqual([17381, 912582]);
    expect(value('all_ticks')).toBe(1618020 + 245713 + 254651 + 909096 + 3486 + 0 + 3303 + 17381);
    expect([value('cgroup_periods'), value('cgroup_throttled_periods'), value('cgroup_throttled_us')]).toEqual([
      20, 3, 45000,
    ]);
    expect(value('cpu_clock_mhz')).toBe(2500);
  });

  it('what the kernel does not show is unknown, not 0', () => {
    const { readings } = readLinuxHost({ '/proc/pressure/io': { reason: 'no such file: /proc/pressure/io' } });
    expect(readings.map(({ value: each }) => each)).toEqual(readings.map(() => null));
    expect(find(readings, 'pressure_io_some_us')!.reason).toBe('no such file: /proc/pressure/io');
  });

  it('the first version of cgroups counts in nanoseconds', () => {
    const { readings } = readLinuxHost(
      files({ '/sys/fs/cgroup/cpu/cpu.stat': 'nr_periods 2\nnr_throttled 1\nthrottled_time 5000\n' }),
    );
    expect(find(readings, 'cgroup_throttled_us')!.value).toBe(5);
  });
});

it('hwmon: units of the kernel, labels as names', () => {
  const base = '/sys/class/hwmon/hwmon2';
  const { readings } = readHwmon({
    ...files({
      [`${base}/name`]: 'amdgpu\n',
      [`${base}/temp1_input`]: '45000\n',
      [`${base}/temp1_label`]: 'edge\n',
      [`${base}/power1_average`]: '28159000\n',
      [`${base}/fan1_input`]: '1200\n',
    }),
    [`${base}/freq1_input`]: { reason: 'cannot be read (EIO): freq1_input' },
  });
  const of = (name: string) => find(readings, name, 'hwmon:amdgpu')!;
  expect(of('edge_temperature_c')).toMatchObject({ value: 45, unit: 'C' });
  expect(of('power1_power_w')).toMatchObject({ value: 28.159, unit: 'W' });
  expect(of('fan1_fan_rpm').value).toBe(1200);
  expect(of('freq1_clock_mhz')).toMatchObject({ value: null, reason: /EIO/ });
  expect(['temp1_input', 'temp1_crit', 'name', 'uevent'].map(isHwmonFile)).toEqual([true, false, true, false]);
});

it('RAPL: microjoules of a zone; only root may read them', () => {
  const zone = '/sys/class/powercap/intel-rapl:0';
  const { readings, facts } = readRapl(
    files({
      [`${zone}/name`]: 'package-0\n',
      [`${zone}/energy_uj`]: '123456\n',
      [`${zone}/max_energy_range_uj`]: '262143328850\n',
    }),
  );
  expect(find(readings, 'energy_uj', 'rapl:0')!.value).toBe(123456);
  expect(find(readings, 'energy_range_uj')!.value).toBe(262143328850);
  expect(facts).toEqual([{ device: 'rapl:0', name: 'zone', text: 'package-0' }]);
  const refused = readRapl({ [`${zone}/energy_uj`]: { reason: 'not readable without more rights: energy_uj' } });
  expect(find(refused.readings, 'energy_uj')).toMatchObject({ value: null, reason: 'only root may read it' });
});

describe('a counter', () => {
  it('grows, wraps where its range is known, and says when it was reset', () => {
    expect(counterDelta(10, 25)).toEqual({ value: 15 });
    expect(counterDelta(90, 5, 100)).toEqual({ value: 15 });
    expect(counterDelta(90, 5)).toEqual({ reason: 'the counter was reset: 90 to 5' });
    expect(counterDelta(null, 5)).toEqual({ reason: 'the counter was not read on both sides' });
    expect(counterGrowth([{ tNs: 0, value: 3 }])).toEqual({ reason: 'needs two readings of the counter: 1' });
  });

  it('over any growing series is the difference of its ends; a fall anywhere makes it unknown', () => {
    const series = fc.array(fc.nat(1000), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(series, fc.nat(28), (steps, at) => {
        let sum = 1;
        const points = steps.map((step, index) => {
          sum += step;
          return { tNs: index, value: sum };
        });
        expect(counterGrowth(points)).toEqual({ value: sum - points[0]!.value });
        const index = 1 + (at % (points.length - 1));
        const reset = points.map((point, i) => (i < index ? point : { ...point, value: 0 }));
        expect(counterGrowth(reset)).toHaveProperty('reason');
      }),
    );
  });
});
