import { at, embeddedJson, isFields } from './embedded-json.ts';
import { emptyOutput, type Measured, readingOf, type ToolOutput } from './reading.ts';

const device = 'apple:0';

const numberAt = (fields: unknown, path: string, index?: number): Measured => {
  const found = at(fields, path);
  const value = index === undefined ? found : Array.isArray(found) ? found[index] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? { value } : { reason: 'not in the answer' };
};

const scaled = (measured: Measured, factor: number): Measured =>
  'value' in measured ? { value: measured.value * factor } : measured;

/** The last line of `macmon pipe`: watts, hertz in MHz, shares from 0 to 1. */
export const readMacmon = (text: string): ToolOutput => {
  const output = emptyOutput();
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  const fields = embeddedJson(line);
  if (!isFields(fields)) {
    output.problems.push(`not a line of macmon: ${line.slice(0, 60)}`);
    return output;
  }
  output.readings.push(
    readingOf(device, 'power_w', numberAt(fields, 'gpu_power')),
    readingOf(device, 'package_power_w', numberAt(fields, 'all_power')),
    readingOf(device, 'system_power_w', numberAt(fields, 'sys_power')),
    readingOf(device, 'sm_clock_mhz', numberAt(fields, 'gpu_usage', 0)),
    readingOf(device, 'utilisation_percent', scaled(numberAt(fields, 'gpu_usage', 1), 100)),
    readingOf(device, 'temperature_c', numberAt(fields, 'temp/gpu_temp_avg')),
    readingOf('host', 'cpu_temperature_c', numberAt(fields, 'temp/cpu_temp_avg')),
    readingOf(device, 'memory_used_mib', scaled(numberAt(fields, 'memory/ram_usage'), 2 ** -20)),
    readingOf(device, 'memory_total_mib', scaled(numberAt(fields, 'memory/ram_total'), 2 ** -20)),
  );
  return output;
};
