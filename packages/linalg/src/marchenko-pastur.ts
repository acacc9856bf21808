/** The limiting distribution of the eigenvalues of a covariance matrix of independent numbers. */
export interface MarchenkoPastur {
  /** Smallest eigenvalue of the continuous part, σ² (1 − √γ)². */
  readonly lower: number;
  /** Largest eigenvalue, σ² (1 + √γ)². */
  readonly upper: number;
  /** Share of the eigenvalues that are zero: 1 − 1/γ for γ > 1. */
  readonly zeroMass: number;
  /** Density of the continuous part at x. */
  readonly density: (x: number) => number;
  /** Share of the eigenvalues up to x. */
  readonly cdf: (x: number) => number;
  /** Smallest x with cdf(x) ≥ p. @throws if p is not in [0, 1]. */
  readonly quantile: (p: number) => number;
}

/**
 * The Marchenko–Pastur law: eigenvalues of X Xᵀ / n for X of D×n with independent entries of mean zero.
 * Source: Marchenko & Pastur (1967).
 * @param ratio γ = D/n.
 * @param variance σ² of the entries.
 * @throws if the ratio or the variance is not positive.
 */
export function marchenkoPastur(ratio: number, variance = 1): MarchenkoPastur {
  if (!(ratio > 0) || !(variance > 0))
    throw new Error(`linalg: no Marchenko–Pastur law of ratio ${ratio} and variance ${variance}`);
  const a = Math.sqrt(ratio);
  const lower = variance * (1 - a) ** 2;
  const upper = variance * (1 + a) ** 2;
  const zeroMass = Math.max(0, 1 - 1 / ratio);
  const angle = (x: number) => Math.acos(clamp((1 + ratio - x / variance) / (2 * a), -1, 1));
  const valueAt = (theta: number) => variance * (1 + ratio - 2 * a * Math.cos(theta));
  return {
    lower,
    upper,
    zeroMass,
    density: x =>
      x <= lower || x >= upper
        ? 0
        : Math.sqrt((upper - x) * (x - lower)) / (2 * Math.PI * variance * ratio * x),
    cdf: x => (x < 0 ? 0 : zeroMass + continuousShare(a, angle(x))),
    quantile: p => {
      if (!(p >= 0 && p <= 1)) throw new Error(`linalg: ${p} is not a probability`);
      return p <= zeroMass && zeroMass > 0 ? 0 : valueAt(angleOfShare(a, p - zeroMass));
    },
  };
}

const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);

/**
 * Share of the continuous part up to x = σ² (1 + a² − 2a cos θ), a = √γ, where the density times dx is
 * (2/π) sin²θ / (1 + a² − 2a cos θ) dθ; integrated in closed form.
 */
function continuousShare(a: number, theta: number): number {
  const arc = Math.atan2((1 + a) * Math.sin(theta / 2), Math.abs(1 - a) * Math.cos(theta / 2));
  const linear = (1 + a * a) * theta - 2 * Math.abs(1 - a * a) * arc;
  return (2 * a * Math.sin(theta) + linear) / (2 * Math.PI * a * a);
}

/** Inverse of `continuousShare` by bisection to the last digit. */
function angleOfShare(a: number, share: number): number {
  let low = 0;
  let high = Math.PI;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2)
    if (continuousShare(a, middle) < share) low = middle;
    else high = middle;
  return high;
}
