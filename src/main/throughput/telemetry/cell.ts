import { type Measured, unitOf } from './reading.ts';

/**
 * The ways in which the vendors' tools say "no value", each with a reason of its own: a driver that dropped a query, a
 * board without the sensor and a missing right are different findings, and none of them is 0.
 */
const missing: [RegExp, string][] = [
  [/^\[N\/A\]$/i, 'this device has no such value'],
  [/^N\/A$/i, 'not applicable in its present state, or no sensor'],
  [/^\[?Not Supported\]?$/i, 'not supported by this product'],
  [/^\[?Requested functionality has been deprecated\]?$/i, 'the driver no longer answers this query'],
  [/^\[?Unknown Error\]?$/i, 'the driver answered "unknown error"'],
  [/^\[?Insufficient Permissions\]?$/i, 'needs more rights than this user has'],
  [/^\[?Function Not Found\]?$/i, 'the installed driver is older than the tool'],
  [/^ERR!$/i, 'the driver failed while reading'],
  [/^\[?GPU is lost\]?$/i, 'the device was lost'],
  [/^\[?GPU requires reset\]?$/i, 'the device needs a reset'],
  [/^\[?(?:Not Found|Unknown)\]?$/i, 'not found by the driver'],
  [/^N\/A \((.+)\)$/i, 'not applicable: $1'],
  [/^-$/, 'not measured by this tool here'],
  [/^$/, 'the cell is empty'],
];

/** The reason that a cell gives for having no value; null when it holds something. */
export const missingReason = (cell: string): string | null => {
  const text = cell.trim();
  for (const [pattern, reason] of missing) if (pattern.test(text)) return text.replace(pattern, reason);
  return null;
};

const words: Record<string, number> = { active: 1, 'not active': 0, yes: 1, no: 0 };

/** Factor from the printed unit (lower case) to the unit of the name; these tools write MB and mean 2^20 bytes. */
const factors: Record<string, Record<string, number>> = {
  W: { w: 1, mw: 1e-3, uw: 1e-6 },
  MHz: { mhz: 1, ghz: 1e3, khz: 1e-3 },
  C: { c: 1, '°c': 1 },
  '%': { '%': 1 },
  MiB: { mib: 1, mb: 1, gib: 1024, gb: 1024, kib: 1 / 1024, b: 2 ** -20 },
  us: { us: 1, ms: 1e3, s: 1e6 },
  mJ: { mj: 1, j: 1e3, uj: 1e-3, kj: 1e6 },
  rpm: { rpm: 1 },
  'KB/s': { 'kb/s': 1, 'mb/s': 1e3 },
  mV: { mv: 1, v: 1e3 },
};

/** A cell as the number that `name` promises by its suffix; a unit that is not known there is a reason, not a guess. */
export const measured = (name: string, cell: string): Measured => {
  const text = cell.trim();
  const reason = missingReason(text);
  if (reason !== null) return { reason };
  const word = words[text.toLowerCase()];
  if (word !== undefined) return { value: word };
  if (/^0x[0-9a-f]+$/i.test(text)) return { value: Number(text) };
  const [, digits, printed = ''] = /^\(?(-?\d+(?:\.\d+)?)\s*(.*?)\)?$/.exec(text) ?? [];
  if (digits === undefined) return { reason: `not a number: ${text.slice(0, 60)}` };
  const unit = unitOf(name);
  if (printed === '' || (unit === '' && /^x$/i.test(printed))) return { value: Number(digits) };
  const factor = factors[unit]?.[printed.toLowerCase()];
  if (factor === undefined) return { reason: `unexpected unit: ${text.slice(0, 60)}` };
  // Divided, not multiplied by a fraction: 2171 mW are 2.171 W to the last digit.
  return { value: factor < 1 ? Number(digits) / Math.round(1 / factor) : Number(digits) * factor };
};
