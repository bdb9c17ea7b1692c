/** One thing asked of nvidia-smi: its names from the newest driver to the oldest, and what we call it. */
export interface NvidiaField {
  fields: readonly string[];
  name: string;
  kind: 'reading' | 'fact';
}

const reading = (name: string, ...fields: string[]): NvidiaField => ({ fields, name, kind: 'reading' });
const fact = (name: string, ...fields: string[]): NvidiaField => ({ fields, name, kind: 'fact' });

const reasons = (field: string): string[] => [`clocks_event_reasons${field}`, `clocks_throttle_reasons${field}`];

/** What is wanted of every GPU; `--help-query-gpu` decides what is asked, since one unknown field fails the whole query. */
export const nvidiaWishes: readonly NvidiaField[] = [
  fact('uuid', 'uuid', 'gpu_uuid'),
  fact('pci_bus', 'pci.bus_id', 'gpu_bus_id'),
  fact('index', 'index'),
  fact('gpu', 'name', 'gpu_name'),
  fact('driver', 'driver_version'),
  fact('vbios', 'vbios_version'),
  fact('compute_capability', 'compute_cap'),
  fact('persistence_mode', 'persistence_mode'),
  fact('compute_mode', 'compute_mode'),
  fact('driver_model', 'driver_model.current'),
  fact('mig', 'mig.mode.current'),
  fact('ecc', 'ecc.mode.current'),
  fact('gsp', 'gsp.mode.current'),
  fact('recovery_action', 'gpu_recovery_action'),
  reading('pstate', 'pstate'),
  reading('clock_event_reasons', ...reasons('.active')),
  ...['sw_power_cap', 'sw_thermal_slowdown', 'sync_boost', 'hw_thermal_slowdown', 'hw_power_brake_slowdown'].map(
    (reason) => reading(`${reason}_us`, `clocks_event_reasons_counters.${reason}`),
  ),
  reading('graphics_clock_mhz', 'clocks.current.graphics', 'clocks.gr'),
  reading('sm_clock_mhz', 'clocks.current.sm', 'clocks.sm'),
  reading('memory_clock_mhz', 'clocks.current.memory', 'clocks.mem'),
  reading('application_graphics_clock_mhz', 'clocks.applications.graphics', 'clocks.applications.gr'),
  reading('application_memory_clock_mhz', 'clocks.applications.memory', 'clocks.applications.mem'),
  reading('max_sm_clock_mhz', 'clocks.max.sm'),
  reading('max_memory_clock_mhz', 'clocks.max.memory', 'clocks.max.mem'),
  reading('temperature_c', 'temperature.gpu'),
  reading('temperature_margin_c', 'temperature.gpu.tlimit'),
  reading('memory_temperature_c', 'temperature.memory'),
  reading('power_w', 'power.draw'),
  reading('power_average_w', 'power.draw.average'),
  reading('power_instant_w', 'power.draw.instant'),
  reading('power_limit_w', 'power.limit'),
  reading('power_enforced_limit_w', 'enforced.power.limit'),
  reading('power_default_limit_w', 'power.default_limit'),
  reading('power_min_limit_w', 'power.min_limit'),
  reading('power_max_limit_w', 'power.max_limit'),
  reading('utilisation_percent', 'utilization.gpu'),
  reading('memory_utilisation_percent', 'utilization.memory'),
  reading('memory_total_mib', 'memory.total'),
  reading('memory_used_mib', 'memory.used'),
  reading('fan_percent', 'fan.speed'),
  reading('pcie_gen', 'pcie.link.gen.gpucurrent', 'pcie.link.gen.current'),
  reading('pcie_gen_max', 'pcie.link.gen.max'),
  reading('pcie_width', 'pcie.link.width.current'),
  reading('pcie_width_max', 'pcie.link.width.max'),
  reading('ecc_corrected', 'ecc.errors.corrected.volatile.total'),
  reading('ecc_uncorrected', 'ecc.errors.uncorrected.volatile.total'),
  reading('ecc_corrected_lifetime', 'ecc.errors.corrected.aggregate.total'),
  reading('ecc_uncorrected_lifetime', 'ecc.errors.uncorrected.aggregate.total'),
  reading('retired_pages_pending', 'retired_pages.pending'),
  reading('remapped_rows_correctable', 'remapped_rows.correctable'),
  reading('remapped_rows_uncorrectable', 'remapped_rows.uncorrectable'),
  reading('remapped_rows_pending', 'remapped_rows.pending'),
  reading('remapped_rows_failure', 'remapped_rows.failure'),
];

/** What is asked of one driver: the name it knows for every wish, and the wishes it has no name for. */
export interface NvidiaQuery {
  asked: { field: string; wish: NvidiaField }[];
  refused: NvidiaField[];
}

/** Every name that `--help-query-gpu` lists, with the names it gives as equal; a line is `"a" or "b"`. */
export const nvidiaFieldNames = (help: string): Set<string> =>
  new Set(
    [...help.matchAll(/^"[^"\n]+"(?: or "[^"\n]+")*/gm)].flatMap(([line]) =>
      [...line.matchAll(/"([^"\n]+)"/g)].map((match) => match[1]!),
    ),
  );

/** The wish list against what this driver offers, less what it refused in spite of its help. */
export const nvidiaQuery = (help: string, refusedFields: readonly string[] = []): NvidiaQuery => {
  const offered = nvidiaFieldNames(help);
  for (const field of refusedFields) offered.delete(field);
  const query: NvidiaQuery = { asked: [], refused: [] };
  for (const wish of nvidiaWishes) {
    const field = wish.fields.find((name) => offered.has(name));
    if (field) query.asked.push({ field, wish });
    else query.refused.push(wish);
  }
  return query;
};
