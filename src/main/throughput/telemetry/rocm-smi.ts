import { measured, missingReason } from './cell.ts';
import { embeddedJson, isFields } from './embedded-json.ts';
import { emptyOutput, readingOf, type ToolOutput } from './reading.ts';

/** Keys of `rocm-smi -a --json` over the releases, newest first. */
const readings: Record<string, readonly string[]> = {
  power_w: ['Current Socket Graphics Package Power (W)', 'Average Graphics Package Power (W)'],
  power_max_limit_w: ['Max Graphics Package Power (W)'],
  energy_uj: ['Accumulated Energy (uJ)'],
  temperature_c: ['Temperature (Sensor edge) (C)'],
  hotspot_temperature_c: ['Temperature (Sensor junction) (C)'],
  memory_temperature_c: ['Temperature (Sensor memory) (C)'],
  sm_clock_mhz: ['sclk clock speed:'],
  memory_clock_mhz: ['mclk clock speed:'],
  utilisation_percent: ['GPU use (%)'],
  memory_utilisation_percent: ['GPU Memory Read/Write Activity (%)', 'GPU memory use (%)'],
  memory_total_mib: ['VRAM Total Memory (B)'],
  memory_used_mib: ['VRAM Total Used Memory (B)'],
  fan_percent: ['Fan speed (%)'],
  fan_rpm: ['Fan RPM'],
  pcie_replays: ['PCIe Replay Count'],
  voltage_mv: ['Voltage (mV)'],
};

const facts: Record<string, readonly string[]> = {
  gpu: ['Device Name', 'Card Series', 'Card series'],
  vbios: ['VBIOS version'],
  pci_bus: ['PCI Bus'],
  performance_level: ['Performance Level'],
  gfx_version: ['GFX Version'],
};

type Card = Record<string, string>;

const cellOf = (card: Card, keys: readonly string[]): string | null => {
  const cells = keys.map((key) => card[key]).filter((cell) => cell !== undefined);
  return cells.find((cell) => missingReason(cell) === null) ?? cells[0] ?? null;
};

/** RX cards print no unique id and cards of one model share all else but the bus. */
const deviceOf = (name: string, card: Card): string => {
  for (const [key, prefix] of [
    ['Unique ID', 'amd:'],
    ['PCI Bus', 'pci:'],
    ['GUID', 'guid:'],
  ] as const) {
    const cell = card[key];
    if (cell !== undefined && missingReason(cell) === null) return `${prefix}${cell}`;
  }
  return name;
};

/** `0 (8.0GT/s x16)`: the transfer rate names the generation, the lanes the width. */
const linkOf = (level: string): { gen: number; width: number } | null => {
  const [, rate = '', lanes = ''] = /\(([\d.]+)GT\/s x(\d+)/.exec(level) ?? [];
  const gen = [2.5, 5, 8, 16, 32, 64].indexOf(Number(rate)) + 1;
  return gen > 0 ? { gen, width: Number(lanes) } : null;
};

/** The answer of `rocm-smi -a --json`; what one release does not print is null with that reason. */
export const readRocmSmi = (text: string): ToolOutput => {
  const output = emptyOutput();
  const document = embeddedJson(text);
  if (!isFields(document)) {
    output.problems.push('no JSON object in the answer');
    return output;
  }
  const system = isFields(document.system) ? document.system : {};
  for (const [key, value] of Object.entries(document)) {
    if (!/^card\d+$/.test(key) || !isFields(value)) continue;
    const card: Card = Object.fromEntries(Object.entries(value).map(([name, cell]) => [name, String(cell ?? '')]));
    const device = deviceOf(key, card);
    for (const [name, keys] of Object.entries(readings)) {
      const cell = cellOf(card, keys);
      const bytes = name.endsWith('_mib') && cell !== null && /^\d+$/.test(cell) ? `${cell} B` : cell;
      const value = bytes === null ? { reason: 'not printed by this release' } : measured(name, bytes);
      output.readings.push(readingOf(device, name, value));
    }
    const level = card['pcie clock level'];
    const link = level === undefined ? null : linkOf(level);
    const noLink = { reason: level === undefined ? 'not printed by this release' : `not a link: ${level}` };
    output.readings.push(readingOf(device, 'pcie_gen', link ? { value: link.gen } : noLink));
    output.readings.push(readingOf(device, 'pcie_width', link ? { value: link.width } : noLink));
    for (const [name, keys] of Object.entries(facts)) {
      const cell = cellOf(card, keys);
      // Release 4.3 prints the vendor's number where the name of the card belongs.
      const odd = name === 'gpu' && cell !== null && /^0x/.test(cell) ? `a number instead of a name: ${cell}` : null;
      const reason = cell === null ? 'not printed by this release' : (odd ?? missingReason(cell));
      output.facts.push(reason === null ? { device, name, text: cell } : { device, name, text: null, reason });
    }
    const driver = typeof system['Driver version'] === 'string' ? system['Driver version'] : null;
    output.facts.push(
      driver === null
        ? { device, name: 'driver', text: null, reason: 'not printed by this release' }
        : { device, name: 'driver', text: driver },
    );
  }
  if (output.readings.length === 0) output.problems.push('no card in the answer');
  return output;
};
