/** A number, or the reason why there is none: never 0 in place of undefined, never NaN. */
export type Measured = { value: number; reason?: undefined } | { value: null; reason: string };

export const measured = (value: number): Measured =>
  Number.isFinite(value) ? { value } : { value: null, reason: 'not a finite number' };

export const unmeasured = (reason: string): Measured => ({ value: null, reason });

/** numerator / denominator, or the reason where the denominator is 0. */
export const share = (numerator: number, denominator: number, reason: string): Measured =>
  denominator > 0 ? measured(numerator / denominator) : unmeasured(reason);
