import type { Measured } from './disattenuated.js';

/** Shares of Fourier energy of two independent estimates, of seeds that are the same for all architectures. */
export type TwinEnergies = readonly [Float64Array, Float64Array];

/** 1 − Σ√(pq): the squared Hellinger distance of two distributions, 0 for the same, 1 for such as share nothing. */
export function squaredHellinger(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.sqrt(p[i] * q[i]);
  return Math.max(0, 1 - sum);
}

/**
 * Squared Hellinger distance between the Fourier energies of two architectures, from estimates of different seeds, less what noise alone
 * makes: half the sum of the distances between the two estimates of each. Roots of shares are unit vectors, and noise adds that much to the
 * squared distance of two on average. May come out below 0 by its error, which is made of how the distances differ between estimates and of
 * what was taken away.
 */
export function spectralDistance(a: TwinEnergies, b: TwinEnergies): Measured {
  const [one, other] = [squaredHellinger(a[0], b[1]), squaredHellinger(a[1], b[0])];
  const noise = (squaredHellinger(...a) + squaredHellinger(...b)) / 2;
  return {
    value: (one + other) / 2 - noise,
    error: Math.hypot((one - other) / 2, noise),
  };
}
