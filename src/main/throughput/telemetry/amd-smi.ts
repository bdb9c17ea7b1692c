import { measured, missingReason } from './cell.ts';
import { at, embeddedJson, type Fields, isFields } from './embedded-json.ts';
import { emptyOutput, type Measured, readingOf, type ToolOutput } from './reading.ts';

/** Paths in one GPU's object of `amd-smi metric --json`, over the releases, newest first. */
const readings: Record<string, readonly string[]> = {
  power_w: ['power/socket_power', 'power/current_socket_power', 'power/average_socket_power'],
  energy_mj: ['energy/total_energy_consumption'],
  sm_clock_mhz: ['clock/gfx_0/clk', 'clock/gfx/clk', 'clock/gfx/cur_clk'],
  memory_clock_mhz: ['clock/mem_0/clk', 'clock/mem/clk', 'clock/mem/cur_clk'],
  temperature_c: ['temperature/edge'],
  hotspot_temperature_c: ['temperature/hotspot'],
  memory_temperature_c: ['temperature/mem'],
  utilisation_percent: ['usage/gfx_activity'],
  memory_utilisation_percent: ['usage/umc_activity'],
  memory_total_mib: ['mem_usage/total_vram'],
  memory_used_mib: ['mem_usage/used_vram'],
  fan_percent: ['fan/usage'],
  fan_rpm: ['fan/rpm'],
  pcie_width: ['pcie/width'],
  pcie_replays: ['pcie/replay_count'],
  ecc_corrected: ['ecc/total_correctable_count'],
  ecc_uncorrected: ['ecc/total_uncorrectable_count'],
};

/** A value is `{value, unit}`, a bare number, a text, or null; the object is unwrapped as long as it is one. */
const measuredOf = (name: string, value: unknown): Measured => {
  if (value === undefined) return { reason: 'not printed by this release' };
  if (value === null) return { reason: 'the tool answered null' };
  if (isFields(value)) {
    if (!('value' in value)) return { reason: 'not a value' };
    const unit = typeof value.unit === 'string' ? value.unit : '';
    return typeof value.value === 'number' ? measured(name, `${value.value} ${unit}`) : measuredOf(name, value.value);
  }
  if (Array.isArray(value)) return { reason: 'a list instead of a value' };
  return measured(name, String(value));
};

const gpusOf = (document: unknown): Fields[] => {
  // Releases from 7.0 on wrap the list.
  const list = isFields(document) && Array.isArray(document.gpu_data) ? document.gpu_data : document;
  return (Array.isArray(list) ? list : [list]).filter(isFields).filter((gpu) => 'gpu' in gpu);
};

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && missingReason(value) === null ? value : null;

/** UUID by number of the GPU, from `amd-smi list --json`; a GPU without one is known by its bus. */
export const readAmdSmiList = (text: string): Map<number, string> => {
  const names = new Map<number, string>();
  for (const gpu of gpusOf(embeddedJson(text))) {
    const uuid = textOf(gpu.uuid);
    const bus = textOf(gpu.bdf);
    names.set(Number(gpu.gpu), uuid ?? (bus === null ? `gpu:${gpu.gpu}` : `pci:${bus}`));
  }
  return names;
};

/** The answer of `amd-smi metric --json`: GPUs in any order, perhaps after a warning, perhaps wrapped. */
export const readAmdSmi = (text: string, uuids: ReadonlyMap<number, string> = new Map()): ToolOutput => {
  const output = emptyOutput();
  const gpus = gpusOf(embeddedJson(text));
  if (gpus.length === 0) output.problems.push('no GPU in the answer');
  for (const gpu of gpus) {
    const device = uuids.get(Number(gpu.gpu)) ?? `gpu:${gpu.gpu}`;
    for (const [name, paths] of Object.entries(readings)) {
      const values = paths.map((path) => at(gpu, path)).filter((value) => value !== undefined);
      const found = values.map((value) => measuredOf(name, value));
      const value = found.find((each) => 'value' in each) ?? found[0] ?? measuredOf(name, undefined);
      output.readings.push(readingOf(device, name, value));
    }
  }
  return output;
};

const facts: Record<string, readonly string[]> = {
  gpu: ['asic/market_name', 'board/product_name'],
  vbios: ['vbios/version', 'ifwi/version'],
  driver: ['driver/version', 'driver/driver_version'],
  pci_bus: ['bus/bdf'],
  compute_partition: ['partition/compute_partition'],
  memory_partition: ['partition/memory_partition'],
};

const limits: Record<string, readonly string[]> = {
  power_limit_w: ['limit/socket_power', 'limit/ppt0/socket_power_limit'],
  power_max_limit_w: ['limit/max_power', 'limit/ppt0/max_power_limit'],
  pcie_width_max: ['bus/max_pcie_width'],
  memory_total_mib: ['vram/size'],
};

/** The answer of `amd-smi static --json`: what does not change while a run lasts. */
export const readAmdSmiStatic = (text: string, uuids: ReadonlyMap<number, string> = new Map()): ToolOutput => {
  const output = emptyOutput();
  for (const gpu of gpusOf(embeddedJson(text))) {
    const device = uuids.get(Number(gpu.gpu)) ?? `gpu:${gpu.gpu}`;
    for (const [name, paths] of Object.entries(facts)) {
      const found = paths.map((path) => textOf(at(gpu, path))).find((value) => value !== null);
      output.facts.push(
        found === undefined
          ? { device, name, text: null, reason: 'not printed by this release' }
          : { device, name, text: found },
      );
    }
    for (const [name, paths] of Object.entries(limits)) {
      const value = paths.map((path) => at(gpu, path)).find((each) => each !== undefined);
      output.readings.push(readingOf(device, name, measuredOf(name, value)));
    }
  }
  return output;
};
