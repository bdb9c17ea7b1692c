/**
 * SQL for a sum that does not depend on the order in which threads add: fixed point, 52 bits below `scale`, summed as integers.
 * |expression| must stay <= scale; each row is off by at most scale * 2^-53, which is what a double of that size carries anyway.
 */
export const exactSum = (expression: string, scale: number): string =>
  `(coalesce(sum(((${expression}) * ${2 ** 52 / scale})::BIGINT), 0)::DOUBLE * ${scale / 2 ** 52})`;

/** The same for terms up to 2^60: 60 fractional bits in 128-bit integers, for lines that are already grouped. */
export const exactWideSum = (expression: string): string =>
  `(coalesce(sum(((${expression}) * ${2 ** 60})::HUGEINT), 0)::DOUBLE * ${2 ** -60})`;

/** Weights are multiples of this, so that plain double sums of them (up to 2^40) and of their squares (up to 2^27) are exact. */
export const WEIGHT_STEP = 2 ** -13;
