/** Standard normal distribution function. Source: Numerical Recipes erfcc, fractional error below 1.2e-7. */
export function normalShare(z: number): number {
  const half = Math.abs(z) * Math.SQRT1_2;
  const t = 1 / (1 + 0.5 * half);
  const tail = 0.5 * t * Math.exp(-half * half + tailPolynomial(t));
  return z >= 0 ? 1 - tail : tail;
}

const tailCoefficients = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223,
] as const;

function tailPolynomial(t: number): number {
  return tailCoefficients.reduce((sum, coefficient) => sum * t + coefficient, 0);
}

const central = {
  above: [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239],
  below: [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
} as const;
const tails = {
  above: [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783],
  below: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
} as const;

/** Inverse of the normal distribution function for 0 < share < 1. Source: Acklam's rational approximation, relative error 1.15e-9. */
export function normalQuantile(share: number): number {
  if (share < 0.02425) return tailQuantile(share);
  if (share > 0.97575) return -tailQuantile(1 - share);
  const q = share - 0.5;
  const r = q * q;
  return (polynomial(central.above, r) * q) / polynomial(central.below, r);
}

function tailQuantile(share: number): number {
  const q = Math.sqrt(-2 * Math.log(share));
  return polynomial(tails.above, q) / polynomial(tails.below, q);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
