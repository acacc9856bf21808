import type { Measured } from './disattenuated.js';

/** Shares of Fourier energy of two independent estimates. */
export type TwinEnergies = readonly [Float64Array, Float64Array];

/** 1 − Σ√(pq): the squared Hellinger distance of two distributions, 0 for the same, 1 for such as share nothing. */
export function squaredHellinger(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.sqrt(p[i] * q[i]);
  return Math.max(0, 1 - sum);
}

/**
 * Squared Hellinger distance between the Fourier energies of two architectures, less that of the two estimates of each, which noise
 * alone makes: half the sum of theirs. Roots of shares are unit vectors, so what noise adds to a squared distance is known exactly on
 * average. May come out below 0 by its error, made of how the four distances differ between estimates and of what was taken away.
 */
export function spectralDistance(a: TwinEnergies, b: TwinEnergies): Measured {
  const [[aa, ab], [ba, bb]] = a.map(one => b.map(other => squaredHellinger(one, other)));
  const noise = (squaredHellinger(...a) + squaredHellinger(...b)) / 2;
  const spread = Math.hypot(aa + ab - ba - bb, aa + ba - ab - bb) / 4;
  return { value: (aa + ab + ba + bb) / 4 - noise, error: Math.hypot(spread, noise) };
}
