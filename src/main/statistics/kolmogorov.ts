/**
 * Exact P(D >= statistic) of the two-sample Kolmogorov-Smirnov test without ties (Hodges 1957): share of lattice paths from (0, 0) to
 * (n1, n0) that reach |i/n1 - j/n0| >= statistic, computed as a probability so that tiny values keep their digits. O(n1 n0) time: meant
 * for up to 10 000 rows a side, where scipy's ks_2samp is exact too. Conservative with ties.
 */
export function kolmogorovExact(statistic: number, n1: number, n0: number): number {
  const scaled = Math.round(statistic * commonMultiple(n1, n0));
  if (scaled <= 0) return 1;
  // i n0 - j n1 in units where the boundary is an integer.
  const boundary = scaled * greatestDivisor(n1, n0);
  const touched = new Float64Array(n0 + 1);
  for (let i = 0; i <= n1; i++) {
    for (let j = 0; j <= n0; j++) {
      if (Math.abs(i * n0 - j * n1) >= boundary) {
        touched[j] = 1;
      } else if (i === 0) {
        touched[j] = j === 0 ? 0 : (touched[j - 1] as number);
      } else if (j > 0) {
        touched[j] = ((touched[j] as number) * i + (touched[j - 1] as number) * j) / (i + j);
      }
    }
  }
  return touched[n0] as number;
}

function greatestDivisor(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

const commonMultiple = (a: number, b: number): number => (a / greatestDivisor(a, b)) * b;
