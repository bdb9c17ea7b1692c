import { measured, missingReason } from './cell.ts';
import { emptyOutput, type Measured, readingOf, type TelemetryFact, type ToolOutput } from './reading.ts';
import { childOf, readXml, type XmlElement } from './xml-tree.ts';

/** Where a value stands below <gpu>, from the newest document type (v13) to the oldest (v10). */
const readings: Record<string, readonly string[]> = {
  power_w: [
    'gpu_power_readings/power_draw',
    'gpu_power_readings/average_power_draw',
    'gpu_power_readings/instant_power_draw',
    'power_readings/power_draw',
  ],
  power_instant_w: ['gpu_power_readings/instant_power_draw'],
  power_average_w: ['gpu_power_readings/average_power_draw'],
  power_limit_w: [
    'gpu_power_readings/requested_power_limit',
    'gpu_power_readings/current_power_limit',
    'power_readings/power_limit',
  ],
  power_enforced_limit_w: ['gpu_power_readings/current_power_limit', 'power_readings/enforced_power_limit'],
  power_default_limit_w: ['gpu_power_readings/default_power_limit', 'power_readings/default_power_limit'],
  power_min_limit_w: ['gpu_power_readings/min_power_limit', 'power_readings/min_power_limit'],
  power_max_limit_w: ['gpu_power_readings/max_power_limit', 'power_readings/max_power_limit'],
  pstate: ['performance_state'],
  graphics_clock_mhz: ['clocks/graphics_clock'],
  sm_clock_mhz: ['clocks/sm_clock'],
  memory_clock_mhz: ['clocks/mem_clock'],
  application_graphics_clock_mhz: ['applications_clocks/graphics_clock'],
  application_memory_clock_mhz: ['applications_clocks/mem_clock'],
  max_sm_clock_mhz: ['max_clocks/sm_clock'],
  max_memory_clock_mhz: ['max_clocks/mem_clock'],
  temperature_c: ['temperature/gpu_temp'],
  temperature_margin_c: ['temperature/gpu_temp_tlimit'],
  temperature_slowdown_c: ['temperature/gpu_temp_slow_threshold'],
  memory_temperature_c: ['temperature/memory_temp'],
  utilisation_percent: ['utilization/gpu_util'],
  memory_utilisation_percent: ['utilization/memory_util'],
  memory_total_mib: ['fb_memory_usage/total'],
  memory_used_mib: ['fb_memory_usage/used'],
  fan_percent: ['fan_speed'],
  pcie_gen: [
    'pci/pci_gpu_link_info/pcie_gen/device_current_link_gen',
    'pci/pci_gpu_link_info/pcie_gen/current_link_gen',
  ],
  pcie_gen_max: ['pci/pci_gpu_link_info/pcie_gen/max_link_gen'],
  pcie_width: ['pci/pci_gpu_link_info/link_widths/current_link_width'],
  pcie_width_max: ['pci/pci_gpu_link_info/link_widths/max_link_width'],
  pcie_replays: ['pci/replay_counter'],
  remapped_rows_correctable: ['remapped_rows/remapped_row_corr'],
  remapped_rows_uncorrectable: ['remapped_rows/remapped_row_unc'],
  remapped_rows_pending: ['remapped_rows/remapped_row_pending'],
  remapped_rows_failure: ['remapped_rows/remapped_row_failure'],
  retired_pages_pending: ['retired_pages/pending_retirement'],
  sw_power_cap_us: ['clocks_event_reasons_counters/clocks_event_reasons_counters_sw_power_cap'],
  sw_thermal_slowdown_us: ['clocks_event_reasons_counters/clocks_event_reasons_counters_sw_therm_slowdown'],
  hw_thermal_slowdown_us: ['clocks_event_reasons_counters/clocks_event_reasons_counters_hw_therm_slowdown'],
  hw_power_brake_slowdown_us: ['clocks_event_reasons_counters/clocks_event_reasons_counters_hw_power_brake'],
};

/**
 * Sums over memories: documents up to Pascal print a total of single-bit and of double-bit errors, later ones count SRAM
 * and DRAM, the newest split SRAM into parity and SEC-DED.
 */
const eccSums: Record<string, { of: string; parts: RegExp; total: string }> = {
  ecc_corrected: { of: 'ecc_errors/volatile', parts: /^(?:sram|dram)_correctable$/, total: 'single_bit/total' },
  ecc_uncorrected: { of: 'ecc_errors/volatile', parts: /^(?:sram|dram)_uncorrectable/, total: 'double_bit/total' },
  ecc_corrected_lifetime: {
    of: 'ecc_errors/aggregate',
    parts: /^(?:sram|dram)_correctable$/,
    total: 'single_bit/total',
  },
  ecc_uncorrected_lifetime: {
    of: 'ecc_errors/aggregate',
    parts: /^(?:sram|dram)_uncorrectable/,
    total: 'double_bit/total',
  },
};

const facts: Record<string, readonly string[]> = {
  gpu: ['product_name'],
  architecture: ['product_architecture'],
  vbios: ['vbios_version'],
  pci_bus: ['pci/pci_bus_id'],
  persistence_mode: ['persistence_mode'],
  compute_mode: ['compute_mode'],
  driver_model: ['driver_model/current_dm'],
  mig: ['mig_mode/current_mig'],
  ecc: ['ecc_mode/current_ecc'],
  gsp_firmware: ['gsp_firmware_version'],
  virtualisation: ['gpu_virtualization_mode/virtualization_mode'],
  recovery_action: ['gpu_recovery_action'],
};

/** Bits of NVML's clocks-event mask by the element that stands for each. */
const reasonBits: Record<string, number> = {
  gpu_idle: 0x1,
  applications_clocks_setting: 0x2,
  sw_power_cap: 0x4,
  hw_slowdown: 0x8,
  sync_boost: 0x10,
  sw_thermal_slowdown: 0x20,
  hw_thermal_slowdown: 0x40,
  hw_power_brake_slowdown: 0x80,
  display_clocks_setting: 0x100,
};

const absent = 'not in this document';
/** A whole group may be `N/A`: then that holds for everything that would stand inside it. */
const textAt = (gpu: XmlElement, path: string): string | null => {
  let element: XmlElement = gpu;
  for (const name of path.split('/')) {
    const child = element.children.find((each) => each.name === name);
    if (!child?.closed) {
      const group = element.text.trim();
      return element !== gpu && element.closed && group !== '' && missingReason(group) !== null ? group : null;
    }
    element = child;
  }
  return element.text.trim();
};

/** The first of the places that holds a value; else what the first place that exists says. */
const firstCell = (gpu: XmlElement, paths: readonly string[]): string | null => {
  const cells = paths.map((path) => textAt(gpu, path)).filter((cell) => cell !== null);
  return cells.find((cell) => missingReason(cell) === null) ?? cells[0] ?? null;
};

const maskOf = (gpu: XmlElement): number | null => {
  const group = childOf(gpu, 'clocks_event_reasons') ?? childOf(gpu, 'clocks_throttle_reasons');
  if (!group?.closed || group.children.length === 0) return null;
  let mask = 0;
  let known = 0;
  for (const { name, text } of group.children) {
    const bit = reasonBits[name.replace(/^clocks_(?:event|throttle)_reason_/, '')];
    if (bit === undefined || missingReason(text) !== null) continue;
    known += 1;
    if (text.trim() === 'Active') mask |= bit;
  }
  return known > 0 ? mask : null;
};

const eccOf = (gpu: XmlElement, name: string): Measured => {
  const { of, parts, total } = eccSums[name]!;
  const group = childOf(gpu, of);
  const cells = (group?.closed ? group.children : []).filter((child) => parts.test(child.name));
  if (cells.length === 0) {
    const cell = textAt(gpu, `${of}/${total}`);
    return cell === null ? { reason: absent } : measured(name, cell);
  }
  let sum = 0;
  for (const cell of cells) {
    const value = measured(name, cell.text);
    if ('reason' in value) return value;
    sum += value.value;
  }
  return { value: sum };
};

const addGpu = (gpu: XmlElement, document: XmlElement, output: ToolOutput): void => {
  const uuid = textAt(gpu, 'uuid');
  const device = uuid && missingReason(uuid) === null ? uuid : `pci:${gpu.attributes.id ?? 'unknown'}`;
  const addFact = (name: string, cell: string | null): void => {
    const reason = cell === null ? absent : missingReason(cell);
    const fact: TelemetryFact = reason === null ? { device, name, text: cell } : { device, name, text: null, reason };
    output.facts.push(fact);
  };
  addFact('uuid', uuid);
  addFact('driver', textAt(document, 'driver_version'));
  addFact('cuda', textAt(document, 'cuda_version'));
  for (const [name, paths] of Object.entries(facts)) addFact(name, firstCell(gpu, paths));
  for (const [name, paths] of Object.entries(readings)) {
    const cell = firstCell(gpu, paths);
    const plain = name === 'pstate' ? (cell?.replace(/^P(?=\d)/, '') ?? null) : cell;
    output.readings.push(readingOf(device, name, plain === null ? { reason: absent } : measured(name, plain)));
  }
  const mask = maskOf(gpu);
  output.readings.push(readingOf(device, 'clock_event_reasons', mask === null ? { reason: absent } : { value: mask }));
  for (const name of Object.keys(eccSums)) output.readings.push(readingOf(device, name, eccOf(gpu, name)));
  const instances = childOf(gpu, 'mig_devices');
  const count = instances?.children.filter((child) => child.name === 'mig_device').length ?? 0;
  output.readings.push(readingOf(device, 'mig_instances', instances?.closed ? { value: count } : { reason: absent }));
};

/** The document of `nvidia-smi -q -x`, DTD v10 to v13; values that a document type lacks are null with that reason. */
export const readNvidiaXml = (text: string): ToolOutput => {
  const output = emptyOutput();
  const { root, complete } = readXml(text);
  const document = childOf(root, 'nvidia_smi_log');
  if (!document) {
    output.problems.push('no nvidia_smi_log in the document');
    return output;
  }
  if (!complete) output.problems.push('the document was cut off');
  const gpus = document.children.filter((child) => child.name === 'gpu');
  const attached = Number(textAt(document, 'attached_gpus') ?? gpus.length);
  if (attached !== gpus.length) output.problems.push(`the document describes ${gpus.length} of ${attached} GPUs`);
  for (const gpu of gpus) addGpu(gpu, document, output);
  return output;
};
