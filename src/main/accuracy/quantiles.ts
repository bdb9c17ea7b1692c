/** Several quantiles of one column by one aggregate, which sorts its values once; its result is a list named `as`. */
export const quantileList = (sql: string, shares: readonly number[], as: string): string =>
  `quantile_disc(${sql}, [${shares.join(', ')}]) AS ${as}`;

/** Reads such a list back, as columns `<as>_0`, `<as>_1`, ... */
export const quantileColumns = (as: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `${as}[${i + 1}]::DOUBLE AS ${as}_${i}`).join(', ');
