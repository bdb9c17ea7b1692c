import { measured } from './cell.ts';
import { emptyOutput, readingOf, type ToolOutput } from './reading.ts';

const device = 'tegra:0';
/** The rail that feeds the whole module; boards without it report their rails apart. */
const inputRails = ['VDD_IN', 'POM_5V_IN'];

/** One line of tegrastats over its dialects: with and without a date, unit after a rail, MHz after the GPU's load. */
export const readTegrastats = (text: string): ToolOutput => {
  const output = emptyOutput();
  // The last line that ends: of one that was cut off half a number may be left.
  const line = text.split(/\r?\n/).at(-2) ?? '';
  const add = (name: string, cell: string | undefined, reason: string): void => {
    output.readings.push(readingOf(device, name, cell === undefined ? { reason } : measured(name, cell)));
  };
  if (!/\bRAM \d/.test(line)) {
    output.problems.push(`not a line of tegrastats: ${line.slice(0, 60)}`);
    return output;
  }
  const [, used, total] = /\bRAM (\d+)\/(\d+)MB/.exec(line) ?? [];
  const [, load, clock] = /\bGR3D_FREQ (\d+)%(?:@\[?(\d+))?/.exec(line) ?? [];
  add('memory_used_mib', used, 'not in the line');
  add('memory_total_mib', total, 'not in the line');
  add('utilisation_percent', load, 'not in the line');
  add('sm_clock_mhz', clock, 'this release prints no GPU clock');
  add('memory_clock_mhz', /\bEMC_FREQ \d+%@(\d+)/.exec(line)?.[1], 'this release prints no memory clock');
  const sensors = new Map([...line.matchAll(/\b([A-Za-z]\w*)@(-?[\d.]+)C\b/g)].map((match) => [match[1]!, match[2]!]));
  add('temperature_c', sensors.get('gpu') ?? sensors.get('GPU'), 'this line has no GPU sensor');
  add('junction_temperature_c', sensors.get('tj'), 'this line has no junction sensor');
  const rails = new Map(
    [...line.matchAll(/\b(V[A-Z0-9_]+|POM_[A-Z0-9_]+) (\d+)(?:mW)?(?:\/\d+(?:mW)?)?(?=\s|$)/g)].map((match) => [
      match[1]!,
      match[2]!,
    ]),
  );
  const input = inputRails.find((rail) => rails.has(rail));
  add(
    'power_w',
    input && `${rails.get(input)} mW`,
    `no rail for the whole board: ${[...rails.keys()].join(' ') || 'none'}`,
  );
  for (const [rail, milliwatts] of rails) {
    if (rail !== input) add(`rail_${rail.toLowerCase()}_w`, `${milliwatts} mW`, '');
  }
  return output;
};
