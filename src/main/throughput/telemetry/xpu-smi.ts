import { measured } from './cell.ts';
import { emptyOutput, readingOf, type ToolOutput } from './reading.ts';

/** Columns of `xpu-smi dump` by their documented titles, lower case and without the unit in brackets. */
const columns: Record<string, string> = {
  'gpu utilization': 'utilisation_percent',
  'gpu power': 'power_w',
  'gpu frequency': 'sm_clock_mhz',
  'gpu core temperature': 'temperature_c',
  'gpu memory temperature': 'memory_temperature_c',
  'gpu memory utilization': 'memory_utilisation_percent',
  'gpu energy consumed': 'energy_mj',
  'gpu memory used': 'memory_used_mib',
};

/** Metrics asked for, by the numbers the manual gives the columns above. */
export const xpuSmiMetrics = '0,1,2,3,4,5,8,18';

/** The CSV of `xpu-smi dump -d -1 -m … -n 1`, after its documentation: there is no capture to hold it against. */
export const readXpuSmi = (text: string): ToolOutput => {
  const output = emptyOutput();
  // Without its last, unfinished line: half a number is a number too.
  const lines = text
    .split(/\r?\n/)
    .slice(0, -1)
    .filter((line) => line.includes(','));
  const head = lines.findIndex((line) => /\bDeviceId\b/i.test(line));
  if (head < 0) {
    output.problems.push('no header with DeviceId in the answer');
    return output;
  }
  const headers = lines[head]!.split(',').map((header) => {
    const [, title = '', unit = ''] = /^\s*(.*?)\s*(?:\(([^)]*)\))?\s*$/.exec(header) ?? [];
    return { title: title.toLowerCase(), unit: /celsius/i.test(unit) ? 'C' : unit };
  });
  const deviceAt = headers.findIndex(({ title }) => title === 'deviceid');
  for (const line of lines.slice(head + 1)) {
    const cells = line.split(',').map((cell) => cell.trim());
    if (cells.length !== headers.length) {
      output.problems.push(`row with ${cells.length} cells for ${headers.length} headers: ${line.slice(0, 60)}`);
      continue;
    }
    for (const [index, { title, unit }] of headers.entries()) {
      const name = columns[title];
      if (name === undefined) continue;
      const cell = cells[index]!;
      const value = measured(name, /^-?[\d.]+$/.test(cell) ? `${cell} ${unit}` : cell);
      output.readings.push(readingOf(`xpu:${cells[deviceAt]}`, name, value));
    }
  }
  return output;
};
