import { numberIn, type SystemTexts } from './hwmon.ts';
import { emptyOutput, type Measured, readingOf, type ToolOutput } from './reading.ts';

export const hostFiles = {
  pressureCpu: '/proc/pressure/cpu',
  pressureMemory: '/proc/pressure/memory',
  pressureIo: '/proc/pressure/io',
  load: '/proc/loadavg',
  stat: '/proc/stat',
  cgroup: '/sys/fs/cgroup/cpu.stat',
  cgroupV1: '/sys/fs/cgroup/cpu/cpu.stat',
} as const;

const cpuClock = /^\/sys\/devices\/system\/cpu\/cpu\d+\/cpufreq\/scaling_cur_freq$/;

const textOf = (files: SystemTexts, path: string): { text: string } | { reason: string } =>
  files[path] ?? { reason: `no such file: ${path}` };

/** The number behind a word in a text of the kernel, or why there is none. */
const numberAfter = (file: { text: string } | { reason: string }, pattern: RegExp): Measured => {
  if ('reason' in file) return file;
  const digits = pattern.exec(file.text)?.[1];
  return digits === undefined ? { reason: 'not in the file' } : { value: Number(digits) };
};

/** Ticks of all processors by what they were spent on; a guest's ticks are already among the user's. */
const ticksOf = (file: { text: string } | { reason: string }): { steal: Measured; total: Measured; idle: Measured } => {
  const cells = 'text' in file ? (/^cpu +(.+)$/m.exec(file.text)?.[1]?.trim().split(/ +/).map(Number) ?? []) : [];
  if (cells.length < 8 || cells.some(Number.isNaN)) {
    const reason = { reason: 'reason' in file ? file.reason : 'no line of all processors with steal' };
    return { steal: reason, total: reason, idle: reason };
  }
  const total = cells.slice(0, 8).reduce((sum, ticks) => sum + ticks, 0);
  return { steal: { value: cells[7]! }, total: { value: total }, idle: { value: cells[3]! + cells[4]! } };
};

const clockOf = (files: SystemTexts): Measured => {
  const paths = Object.keys(files).filter((path) => cpuClock.test(path));
  const clocks = paths.map((path) => numberIn(files, path));
  const known = clocks.flatMap((clock) => ('value' in clock ? [clock.value] : []));
  if (known.length === 0) return clocks[0] ?? { reason: 'the kernel shows no clock of the processor' };
  return { value: known.reduce((sum, kilohertz) => sum + kilohertz, 0) / known.length / 1e3 };
};

const throttledOf = (files: SystemTexts): Record<'periods' | 'throttled' | 'us', Measured> => {
  const second = textOf(files, hostFiles.cgroup);
  const file = 'text' in second ? second : textOf(files, hostFiles.cgroupV1);
  const nanoseconds = numberAfter(file, /^throttled_time (\d+)$/m);
  const us = numberAfter(file, /^throttled_usec (\d+)$/m);
  return {
    periods: numberAfter(file, /^nr_periods (\d+)$/m),
    throttled: numberAfter(file, /^nr_throttled (\d+)$/m),
    us: 'value' in us ? us : 'value' in nanoseconds ? { value: nanoseconds.value / 1e3 } : us,
  };
};

/** Load, pressure, steal, clock and throttling of this machine; ticks and totals are counters, read them as deltas. */
export const readLinuxHost = (files: SystemTexts): ToolOutput => {
  const output = emptyOutput();
  const add = (name: string, value: Measured): void => {
    output.readings.push(readingOf('host', name, value));
  };
  for (const [name, path] of [
    ['cpu', hostFiles.pressureCpu],
    ['memory', hostFiles.pressureMemory],
    ['io', hostFiles.pressureIo],
  ] as const) {
    const file = textOf(files, path);
    add(`pressure_${name}_some_percent`, numberAfter(file, /^some avg10=([\d.]+)/m));
    add(`pressure_${name}_some_us`, numberAfter(file, /^some .*total=(\d+)/m));
  }
  const load = textOf(files, hostFiles.load);
  add('load_1min', numberAfter(load, /^([\d.]+) /));
  add('running_processes', numberAfter(load, /^[\d.]+ [\d.]+ [\d.]+ (\d+)\//));
  const { steal, total, idle } = ticksOf(textOf(files, hostFiles.stat));
  add('steal_ticks', steal);
  add('idle_ticks', idle);
  add('all_ticks', total);
  add('cpu_clock_mhz', clockOf(files));
  const { periods, throttled, us } = throttledOf(files);
  add('cgroup_periods', periods);
  add('cgroup_throttled_periods', throttled);
  add('cgroup_throttled_us', us);
  return output;
};
