/** One point of a history as it was read; a value that is not a number keeps its place by its index. */
export interface SeriesPoint {
  index: number;
  /** ISO instant; null where there is none. */
  at: string | null;
  value: number;
  run?: string;
}

/** A series before change points are looked for. */
export interface SeriesInput {
  name: string;
  unit: string;
  points: SeriesPoint[];
  /** Position in `points` before which the fingerprint changed, and which of its fields. */
  boundaries: { at: number; fields: string[] }[];
}

export interface SeriesFound {
  series: SeriesInput[];
  /** What was left out and why, one sentence each. */
  notes: string[];
}
