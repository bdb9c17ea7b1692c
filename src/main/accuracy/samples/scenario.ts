import type { Task } from '../../../shared/model/dataset.ts';

/** Column -> value, all of which must match; empty means every row. */
export type Place = Record<string, string>;

export interface SegmentColumn {
  name: string;
  values: string[];
  /** Zipf exponent of the shares; 0 is uniform. */
  skew: number;
  /** Shares fixed by hand; the rest is divided by the skew. */
  pinned?: Record<string, number>;
  /** How far the column's values lie apart in what the world measures (logits, or log error). */
  spread: number;
}

export interface FeatureColumn {
  name: string;
  /** `lognormal` exports exp(mean + sd * x), `normal` mean + sd * x, with x standard normal. */
  shape: 'normal' | 'lognormal';
  mean: number;
  sd: number;
  /** What one standard deviation adds to the logit of being right (to the value itself for regression). */
  effect: number;
}

/** Lognormal delay from a prediction to its label. */
export interface Latency {
  medianDays: number;
  p95Days: number;
}

interface Spell {
  /** Days counted from the first one; `to` is inclusive, absent means until the end. */
  from: number;
  to?: number;
}

export type Intervention =
  /** The chance of being right becomes `target`, or moves by `shift` logits; `seen` is how much of it the score follows. */
  | (Spell & { kind: 'accuracy'; where: Place; target?: number; shift?: number; seen: number })
  /** The shares of one column's values become these (the rest keep their proportions). */
  | (Spell & { kind: 'mix'; column: string; shares: Record<string, number> })
  /** A feature moves by `by` standard deviations at once; nothing else follows. */
  | (Spell & { kind: 'shift'; feature: string; by: number })
  /** A feature moves by `perDay` standard deviations every day; nothing else follows. */
  | (Spell & { kind: 'drift'; feature: string; perDay: number })
  | (Spell & { kind: 'null'; feature: string; where: Place; share: number })
  | (Spell & { kind: 'version'; column: 'model' | 'provider'; value: string })
  /** A variable nobody exports: `share` of the rows have it, and for them the logit moves by `shift`. */
  | (Spell & { kind: 'hidden'; share: number; shift: number; seen: number })
  /** Share of positives in a world that draws outcomes first. */
  | (Spell & { kind: 'prior'; rate: number })
  /** Errors of a regression are multiplied by `scale` and moved by `bias`. */
  | (Spell & { kind: 'error'; where: Place; scale: number; bias: number });

/** How the same rows look on disk; acceptance data of other people differs in exactly these ways. */
export interface ExportShape {
  id: 'integer' | 'uuid' | 'text';
  time: 'timestamp' | 'timestamptz' | 'text';
  /** `daily` is one hive partition a day, `single` one file a side, `nested` year=/month=/day= folders. */
  layout: 'daily' | 'single' | 'nested';
  names: Partial<Record<ExportedColumn, string>>;
}
export const exportedColumns = [
  'prediction_id',
  'predicted_at',
  'predicted',
  'score',
  'model_version',
  'provider_version',
  'label_id',
  'label',
  'labelled_at',
] as const;
export type ExportedColumn = (typeof exportedColumns)[number];

export interface Scenario {
  name: string;
  title: string;
  description: string;
  task: Task;
  /**
   * `correctness` draws whether the prediction is right and derives the label; `outcome` draws the outcome and
   * derives inputs and score from it, so that a moving prior leaves everything given the outcome alone.
   */
  world: 'correctness' | 'outcome' | 'regression';
  /** First day, `YYYY-MM-DD`. */
  start: string;
  days: number;
  rowsPerDay: number;
  segments: SegmentColumn[];
  features: FeatureColumn[];
  classes: string[];
  /** Share of right predictions over all rows before any intervention that starts after day 0. */
  accuracy: number;
  /** Standard deviation of the row's own logit; larger spreads the scores. */
  noise: number;
  /** Standard deviation of a whole day's logit: rows of one day are correlated. */
  dayEffect: number;
  latency: Latency & {
    neverShare: number;
    /** Wrong predictions have a delay of their own. */
    whenWrong?: Latency;
  };
  interventions: Intervention[];
  shape: ExportShape;
}

export const isActive = (spell: Spell, day: number): boolean =>
  day >= spell.from && (spell.to === undefined || day <= spell.to);

/** SQL condition over the column `day`. */
const activeCondition = ({ from, to }: Spell): string =>
  to === undefined ? `day >= ${from}` : `day BETWEEN ${from} AND ${to}`;

/** SQL of `after` where a step applies and `before` elsewhere. */
export const applied = (step: Spell, before: string, after: string, place = 'true'): string =>
  `CASE WHEN ${activeCondition(step)} AND (${place}) THEN ${after} ELSE ${before} END`;
