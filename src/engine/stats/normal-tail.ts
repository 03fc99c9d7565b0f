const rootHalf = Math.SQRT1_2;

/** The complementary error function for x ≥ 0: a series below 2, above it a continued fraction (Abramowitz and Stegun 7.1.6, 7.1.14). */
function erfc(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = x;
  for (let n = 80; n >= 1; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}

/** Chance that a standard normal value lies at or above `z`; right to about 12 figures, also far out in the tail. */
export function normalTail(z: number): number {
  const half = erfc(Math.abs(z) * rootHalf) / 2;
  return z >= 0 ? half : 1 - half;
}

/** Chance that a standard normal value lies at least as far from 0 as `z`, on either side. */
export function twoSided(z: number): number {
  return Math.min(1, erfc(Math.abs(z) * rootHalf));
}
