/** One number of one device; a missing value carries its reason and is never 0. */
export interface TelemetryReading {
  /** UUID where the tool tells it, else the best key it gives (`pci:0000:07:00.0`); `host` for the machine itself. */
  device: string;
  /** Unit as suffix: `power_w`, `sm_clock_mhz`. */
  name: string;
  unit: string;
  value: number | null;
  reason?: string;
}

/** One word about a device that is not a number: its name, its driver, a mode. */
export interface TelemetryFact {
  device: string;
  name: string;
  text: string | null;
  reason?: string;
}

/** What one text of one tool says; equal for equal text. */
export interface ToolOutput {
  readings: TelemetryReading[];
  facts: TelemetryFact[];
  /** Sentences about what could not be read. */
  problems: string[];
}

export const emptyOutput = (): ToolOutput => ({ readings: [], facts: [], problems: [] });

/** A number, or the reason why there is none. */
export type Measured = { value: number } | { reason: string };

const units: Record<string, string> = {
  w: 'W',
  mhz: 'MHz',
  c: 'C',
  percent: '%',
  mib: 'MiB',
  us: 'us',
  mj: 'mJ',
  uj: 'uJ',
  rpm: 'rpm',
  kbps: 'KB/s',
  mv: 'mV',
};

/** The unit that the name's suffix states; counts, generations and masks have none. */
export const unitOf = (name: string): string => units[name.slice(name.lastIndexOf('_') + 1)] ?? '';

export const readingOf = (device: string, name: string, measured: Measured): TelemetryReading =>
  'value' in measured
    ? { device, name, unit: unitOf(name), value: measured.value }
    : { device, name, unit: unitOf(name), value: null, reason: measured.reason };

/** The first reading or fact of that name, over all devices or of one. */
export const find = <T extends { device: string; name: string }>(
  items: readonly T[],
  name: string,
  device?: string,
): T | undefined => items.find((item) => item.name === name && (device === undefined || item.device === device));
