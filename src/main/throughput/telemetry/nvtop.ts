import { measured } from './cell.ts';
import { embeddedJson, isFields } from './embedded-json.ts';
import { emptyOutput, type Measured, readingOf, type ToolOutput } from './reading.ts';

const keys: Record<string, string> = {
  power_w: 'power_draw',
  sm_clock_mhz: 'gpu_clock',
  memory_clock_mhz: 'mem_clock',
  temperature_c: 'temp',
  utilisation_percent: 'gpu_util',
  memory_total_mib: 'mem_total',
  memory_used_mib: 'mem_used',
  fan_percent: 'fan_speed',
};

const measuredOf = (name: string, value: unknown): Measured => {
  if (value === null) return { reason: 'the tool answered null' };
  if (value === undefined) return { reason: 'not printed by this release' };
  const cell = String(value);
  return measured(name, name.endsWith('_mib') && /^\d+$/.test(cell) ? `${cell} B` : cell);
};

/** The answer of `nvtop -s`: any vendor's GPU, known only by its place and name, so two of one model can change places. */
export const readNvtop = (text: string): ToolOutput => {
  const output = emptyOutput();
  const list = embeddedJson(text);
  if (!Array.isArray(list)) {
    output.problems.push('no JSON list in the answer');
    return output;
  }
  for (const [index, gpu] of list.entries()) {
    if (!isFields(gpu)) continue;
    const title = typeof gpu.device_name === 'string' ? gpu.device_name : 'unknown';
    const device = `nvtop:${index}:${title}`;
    output.facts.push({ device, name: 'gpu', text: title });
    for (const [name, key] of Object.entries(keys))
      output.readings.push(readingOf(device, name, measuredOf(name, gpu[key])));
  }
  return output;
};
