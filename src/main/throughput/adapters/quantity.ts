/** The one place where a printed unit becomes a number of nanoseconds; a unit that is not here is not guessed. */
const nanoseconds: Record<string, number> = {
  ps: 1e-3,
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  sec: 1e9,
  second: 1e9,
  seconds: 1e9,
  min: 60e9,
};

export const toNs = (value: number, unit: string): number | null => {
  const factor = nanoseconds[unit];
  return factor === undefined ? null : value * factor;
};

export const nsToMs = (ns: number): number => ns / 1e6;

export const toMs = (value: number, unit: string): number | null => {
  const ns = toNs(value, unit);
  return ns === null ? null : nsToMs(ns);
};

/** Two numbers of a file that ought to be the same, printed with few digits or counted by another tokeniser. */
export const agree = (a: number, b: number, tolerance = 0.01): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
