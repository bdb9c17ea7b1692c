import type { SegmentColumn } from './scenario.ts';

/** Zipf shares of a column's values, 1 / rank^skew, with the pinned ones at their own value; they sum to 1. */
export function sharesOf(column: SegmentColumn, changed: Record<string, number> = {}): number[] {
  const fixed = { ...column.pinned, ...changed };
  const raw = column.values.map((value, index) => (value in fixed ? 0 : 1 / (index + 1) ** column.skew));
  const free = raw.reduce((sum, weight) => sum + weight, 0);
  const taken = column.values.reduce((sum, value) => sum + (fixed[value] ?? 0), 0);
  if (taken > 1 + 1e-12 || (free === 0 && Math.abs(taken - 1) > 1e-9)) {
    throw new RangeError(`shares of ${column.name} do not sum to 1: ${taken}`);
  }
  return column.values.map((value, index) => fixed[value] ?? (raw[index]! / free) * (1 - taken));
}

export interface AliasTable {
  /** Chance to stay in the slot, per slot. */
  keep: number[];
  /** Where a draw goes that does not stay. */
  alias: number[];
}

/** Walker's alias table (Vose's construction): one uniform draws a category of any distribution exactly. */
export function aliasTable(shares: number[]): AliasTable {
  const size = shares.length;
  const keep = shares.map((share) => share * size);
  const alias = shares.map((_, index) => index);
  const small = keep.flatMap((share, index) => (share < 1 ? [index] : []));
  const large = keep.flatMap((share, index) => (share >= 1 ? [index] : []));
  while (small.length > 0 && large.length > 0) {
    const below = small.pop()!;
    const above = large.at(-1)!;
    alias[below] = above;
    keep[above] = keep[above]! - (1 - keep[below]!);
    if (keep[above]! < 1) {
      large.pop();
      small.push(above);
    }
  }
  for (const index of [...small, ...large]) keep[index] = 1;
  return { keep, alias };
}

/** SQL that turns a uniform draw into a category number, 0-based. */
export function drawCategory(shares: number[], uniform: string): string {
  const { keep, alias } = aliasTable(shares);
  const scaled = `(${uniform} * ${shares.length})`;
  const slot = `floor(${scaled})::INTEGER`;
  return `CASE WHEN ${scaled} - floor(${scaled}) < ${listItem(keep, slot)} THEN ${slot} ELSE ${listItem(alias, slot)} END`;
}

/** SQL that reads the item at a 0-based position of a constant list. */
export function listItem(items: readonly number[], position: string): string {
  const type = items.every(Number.isInteger) ? 'INTEGER[]' : 'DOUBLE[]';
  return `list_extract([${items.join(', ')}]::${type}, ${position} + 1)`;
}
