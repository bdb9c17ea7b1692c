import { count, dayRange, percent } from '../units.ts';

/** Labelled and right rows of one segment, day by day. */
export interface DayCounts {
  labelled: readonly number[];
  right: readonly number[];
}

/** `below`: lower than the reference by more than the tolerance and than chance; `low`: by more than the tolerance only. */
export type CellStanding = 'none' | 'thin' | 'level' | 'low' | 'below';

export interface DayCell {
  /** Positions in the list of days, inclusive. */
  from: number;
  to: number;
  n: number;
  value: number | null;
  standing: CellStanding;
}

const cuts = [1, 7, 30];
/** Two-sided 99.9 %: a strip has ninety cells and a table thousands of strips, so 95 % would dot them all. */
const z = 3.290527;

/**
 * One segment over time in cells: days, or weeks or months where an ordinary day has too few labels to act on. A cell is held
 * against the reference share by its score (value - share) / sqrt(share (1 - share) / n); for display, decisions pool windows.
 */
export const dayCells = (
  { labelled, right }: DayCounts,
  { reference, delta, minCell }: { reference: number | null; delta: number; minCell: number },
): { cells: DayCell[]; cut: number } => {
  const used = labelled.filter((n) => n > 0);
  const perDay = used.reduce((a, b) => a + b, 0) / Math.max(1, used.length);
  const cut = cuts.find((length) => perDay * length >= minCell) ?? 1;
  const cells: DayCell[] = [];
  for (let from = 0; from < labelled.length; from += cut) {
    const to = Math.min(labelled.length, from + cut) - 1;
    let n = 0;
    let k = 0;
    for (let day = from; day <= to; day++) {
      n += labelled[day] as number;
      k += right[day] as number;
    }
    const value = n > 0 ? k / n : null;
    cells.push({ from, to, n, value, standing: standingOf(value, n, reference, delta, minCell) });
  }
  return { cells, cut };
};

const standingOf = (
  value: number | null,
  n: number,
  reference: number | null,
  delta: number,
  minCell: number,
): CellStanding => {
  if (value === null) return 'none';
  if (n < minCell) return 'thin';
  if (reference === null || value >= reference - delta) return 'level';
  const spread = Math.sqrt((reference * (1 - reference)) / n);
  return spread === 0 || (value - reference) / spread < -z ? 'below' : 'low';
};

const cutNames: Record<number, string> = { 1: 'day', 7: 'week', 30: 'month' };

/** `6 of 13 weeks below the reference, worst 2026-03-05 … 2026-03-11 at 70.1 %`. */
export const dayStripText = (cells: readonly DayCell[], cut: number, days: readonly string[]): string => {
  const measured = cells.filter(({ standing }) => standing !== 'none' && standing !== 'thin');
  const name = cutNames[cut] ?? 'cell';
  if (measured.length === 0) return `no ${name} has enough data`;
  const below = measured.filter(({ standing }) => standing === 'below');
  const worst = measured.reduce((a, b) => ((b.value ?? 1) < (a.value ?? 1) ? b : a));
  const range = dayRange(days[worst.from] ?? '', days[worst.to] ?? '');
  return `${count(below.length)} of ${count(measured.length)} ${name}s below the reference, lowest ${range} at ${percent(worst.value)}`;
};
