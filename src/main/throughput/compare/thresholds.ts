/** Defaults of ours, printed with every use. */
export const thresholds = {
  /** Loaded clock, memory clock: candidate over baseline. */
  clockRatio: 0.98,
  /** Share of time at the power limit beyond the baseline's. */
  capShareMore: 0.1,
  limitWatts: 1,
  /** Share of time under a thermal slow-down beyond the baseline's. */
  thermalShareMore: 0.01,
  marginC: 5,
  hotterC: 5,
  slopeCPerMin: 0.5,
  cpuPressurePercent: 10,
  stealShare: 0.01,
  cgroupShare: 0.01,
  correctedErrors: 100,
  triadRatio: 0.95,
  linkRatio: 0.9,
  cycles: 1.02,
  /** What counts as fallen, and within what factors count as one, in a signature. */
  fallen: 0.98,
  /** Late against early samples of a run. */
  settling: 1.02,
  /** Excluded samples beyond which what is left stands for nothing. */
  throttledShare: 0.2,
} as const;
