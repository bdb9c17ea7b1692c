import { measured } from './cell.ts';
import { emptyOutput, readingOf, type ToolOutput } from './reading.ts';

const device = 'apple:0';

/** The text of `powermetrics --samplers gpu_power -n 1`; needs root, and prints less on older systems. */
export const readPowermetrics = (text: string): ToolOutput => {
  const output = emptyOutput();
  if (!/GPU/.test(text)) {
    output.problems.push('no GPU in the answer');
    return output;
  }
  const add = (name: string, pattern: RegExp): void => {
    const cell = pattern.exec(text)?.[1];
    const value = cell === undefined ? { reason: 'not in the answer' } : measured(name, cell);
    output.readings.push(readingOf(device, name, value));
  };
  add('power_w', /^GPU Power:\s*([\d.]+ m?W)\s*$/m);
  add('sm_clock_mhz', /^GPU (?:HW )?active frequency:\s*([\d.]+ MHz)/m);
  add('utilisation_percent', /^GPU (?:HW )?active residency:\s*([\d.]+%)/m);
  const model = /^Machine model:\s*(\S.*)$/m.exec(text)?.[1];
  const system = /^OS version:\s*(\S.*)$/m.exec(text)?.[1];
  if (model) output.facts.push({ device, name: 'gpu', text: model });
  if (system) output.facts.push({ device, name: 'os_build', text: system });
  return output;
};
