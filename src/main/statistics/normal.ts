/** Standard normal distribution function, relative error below 1e-14 in both tails (Cody 1969, as in R's pnorm). */
export function normalCdf(z: number): number {
  const y = Math.abs(z);
  if (y <= 0.67448975) {
    const s = y > 1e-16 ? z * z : 0;
    let numerator = (CENTRE_A[4] as number) * s;
    let denominator = s;
    for (let i = 0; i < 3; i++) {
      numerator = (numerator + (CENTRE_A[i] as number)) * s;
      denominator = (denominator + (CENTRE_B[i] as number)) * s;
    }
    return 0.5 + (z * (numerator + (CENTRE_A[3] as number))) / (denominator + (CENTRE_B[3] as number));
  }
  const tail = y > 40 ? 0 : upperTail(y);
  return z > 0 ? 1 - tail : tail;
}

/** P(Z > z), kept accurate far out: 1e-300 at z = 37.0471, and 0 only beyond z = 38.5. */
export function normalSurvival(z: number): number {
  return normalCdf(-z);
}

function upperTail(y: number): number {
  let ratio: number;
  if (y <= 5.656854249492381) {
    let numerator = (MIDDLE_C[8] as number) * y;
    let denominator = y;
    for (let i = 0; i < 7; i++) {
      numerator = (numerator + (MIDDLE_C[i] as number)) * y;
      denominator = (denominator + (MIDDLE_D[i] as number)) * y;
    }
    ratio = (numerator + (MIDDLE_C[7] as number)) / (denominator + (MIDDLE_D[7] as number));
  } else {
    const s = 1 / (y * y);
    let numerator = (FAR_P[5] as number) * s;
    let denominator = s;
    for (let i = 0; i < 4; i++) {
      numerator = (numerator + (FAR_P[i] as number)) * s;
      denominator = (denominator + (FAR_Q[i] as number)) * s;
    }
    ratio = (s * (numerator + (FAR_P[4] as number))) / (denominator + (FAR_Q[4] as number));
    ratio = (0.3989422804014327 - ratio) / y;
  }
  // exp(-y^2/2) in two factors: squaring a rounded y would cost digits far out.
  const rounded = Math.trunc(y * 16) / 16;
  return Math.exp(-rounded * rounded * 0.5) * Math.exp(-(y - rounded) * (y + rounded) * 0.5) * ratio;
}

const CENTRE_A = [2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356, 0.06568233791820745];
const CENTRE_B = [47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const MIDDLE_C = [
  0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726, 6848.190450536283,
  11602.65143764735, 9842.714838383978, 1.0765576773720192e-8,
];
const MIDDLE_D = [
  22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.95272114598,
  38912.00328609327, 19685.429676859992,
];
const FAR_P = [
  0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934, 2.9112874951168793e-5,
  0.023073441764940174,
];
const FAR_Q = [1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5];

/** Inverse of the standard normal distribution function, relative error about 1e-16 (Wichura 1988, AS 241 PPND16). */
export function normalQuantile(p: number): number {
  if (!(p > 0)) return p === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (!(p < 1)) return p === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(QUANTILE_A, r)) / polynomial(QUANTILE_B, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const value =
    r <= 5
      ? polynomial(QUANTILE_C, r - 1.6) / polynomial(QUANTILE_D, r - 1.6)
      : polynomial(QUANTILE_E, r - 5) / polynomial(QUANTILE_F, r - 5);
  return q < 0 ? -value : value;
}

/** The z of a two-sided interval of the given level, 1.96 for 0.95. */
export function criticalValue(level: number): number {
  return -normalQuantile((1 - level) / 2);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] as number);
  return sum;
}

const QUANTILE_A = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const QUANTILE_B = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const QUANTILE_C = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const QUANTILE_D = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const QUANTILE_E = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const QUANTILE_F = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
