/** Chebyshev nodes of the first kind in (−1, 1): cos(π(j + ½)/n). */
export const chebyshevNodes = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, j) => Math.cos((Math.PI * (j + 0.5)) / n));

/**
 * Coefficients c_k of Σ c_k T_k that interpolate values at the Chebyshev nodes (Trefethen, Approximation Theory and Approximation
 * Practice, 2013, ch. 3). A polynomial of degree N has c_k = 0 for k > N, and c_N ≠ 0.
 */
export function chebyshevCoefficients(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: n }, (_, k) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += values[j] * Math.cos((Math.PI * k * (j + 0.5)) / n);
    return ((k === 0 ? 1 : 2) * sum) / n;
  });
}
