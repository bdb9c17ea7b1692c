/** One group of a named partition: rows and sum of the row metric, reference (0) and current (1). */
export interface GroupSums {
  n0: number;
  k0: number;
  n1: number;
  k1: number;
}

export interface Kitagawa {
  /** mix + relation + unseen, which is the change of the overall mean up to rounding. */
  total: number;
  /** What moves because the shares of the groups moved. */
  mix: number;
  /** What moves because the metric inside the groups moved. */
  relation: number;
  /** What the groups present on one side only add. */
  unseen: number;
  /** Larger share of rows, of the two windows, in groups present on one side only. */
  unseenMass: number;
}

/**
 * Kitagawa's split (1955, midpoint weights) of mean1 - mean0 over a partition. With shares w inside the groups seen on both sides,
 * mix = sum (w1 - w0)(m0 + m1)/2 and relation = sum (m1 - m0)(w0 + w1)/2. Groups on one side only are never imputed: with masses
 * u1, u0, unseen = u1 (mean of the new groups - mean of the shared ones, now) - u0 (same, before), so a new group that performs like
 * the others adds 0 and adding a constant to the metric changes nothing. No shared group: all of it is unseen.
 * Null when a window has no rows.
 */
export function kitagawa(groups: readonly GroupSums[]): Kitagawa | null {
  const rows = totalsOf(groups);
  if (!(rows.n1 > 0) || !(rows.n0 > 0)) return null;
  const { shared } = rows;
  if (!(shared.n0 > 0)) {
    const unseen = rows.k1 / rows.n1 - rows.k0 / rows.n0;
    return { total: unseen, mix: 0, relation: 0, unseen, unseenMass: 1 };
  }
  let mix = 0;
  let relation = 0;
  for (const group of groups) {
    if (!(group.n0 > 0 && group.n1 > 0)) continue;
    const w0 = group.n0 / shared.n0;
    const w1 = group.n1 / shared.n1;
    const m0 = group.k0 / group.n0;
    const m1 = group.k1 / group.n1;
    mix += ((w1 - w0) * (m0 + m1)) / 2;
    relation += ((m1 - m0) * (w0 + w1)) / 2;
  }
  const u1 = 1 - shared.n1 / rows.n1;
  const u0 = 1 - shared.n0 / rows.n0;
  const unseen = excess(rows.n1, rows.k1, shared.n1, shared.k1) - excess(rows.n0, rows.k0, shared.n0, shared.k0);
  return { total: mix + relation + unseen, mix, relation, unseen, unseenMass: Math.max(u0, u1) };
}

/** Overall mean minus the mean of the shared groups: u (mean of the others - mean of the shared). */
const excess = (n: number, k: number, sharedN: number, sharedK: number): number =>
  sharedN === n ? 0 : k / n - sharedK / sharedN;

function totalsOf(groups: readonly GroupSums[]) {
  const all = { n0: 0, k0: 0, n1: 0, k1: 0, shared: { n0: 0, k0: 0, n1: 0, k1: 0 } };
  for (const group of groups) {
    addTo(all, group);
    if (group.n0 > 0 && group.n1 > 0) addTo(all.shared, group);
  }
  return all;
}

function addTo(target: GroupSums, group: GroupSums): void {
  target.n0 += group.n0;
  target.k0 += group.k0;
  target.n1 += group.n1;
  target.k1 += group.k1;
}

export interface CellDisde {
  total: number;
  /** Reference rows moved to the shared population, at reference performance. */
  toShared: number;
  /** Change of the metric inside the shared population. */
  relation: number;
  /** Shared population moved to the current rows, at current performance. */
  fromShared: number;
}

/**
 * DISDE over cells (Cai, Namkoong & Yadlowsky 2023): the shared population weighs a cell by w0 w1 / (w0 + w1), so cells on one side only
 * enter the two shift terms with what was measured there and the relation term not at all. Null when a window has no rows or no
 * cell is shared. Terms add up to `total`.
 */
export function cellDisde(groups: readonly GroupSums[]): CellDisde | null {
  const rows = totalsOf(groups);
  if (!(rows.n1 > 0) || !(rows.n0 > 0)) return null;
  let mass = 0;
  let before = 0;
  let after = 0;
  for (const group of groups) {
    if (!(group.n0 > 0 && group.n1 > 0)) continue;
    const w0 = group.n0 / rows.n0;
    const w1 = group.n1 / rows.n1;
    const weight = (w0 * w1) / (w0 + w1);
    mass += weight;
    before += (weight * group.k0) / group.n0;
    after += (weight * group.k1) / group.n1;
  }
  if (!(mass > 0)) return null;
  const toShared = before / mass - rows.k0 / rows.n0;
  const relation = (after - before) / mass;
  const fromShared = rows.k1 / rows.n1 - after / mass;
  return { total: toShared + relation + fromShared, toShared, relation, fromShared };
}
