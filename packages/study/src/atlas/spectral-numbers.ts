import type { ImageShape } from '@nads/basis';
import { effectiveRank } from '@nads/linalg';
import { radialProfile } from '@nads/probe';
import type { Measured } from './disattenuated.js';

/** Numbers that an atlas has of each member. */
export const numberNames = [
  'effective_rank',
  'low_frequencies',
  'leading_share',
  'leading_eigenvalue',
] as const;

/** A number that an atlas has of each member. */
export type NumberName = (typeof numberNames)[number];

/** Something of each number. */
export const byNumber = <T>(of: (name: NumberName) => T): Record<NumberName, T> =>
  Object.fromEntries(numberNames.map(name => [name, of(name)])) as Record<NumberName, T>;

/** What tables call it. */
export const numberTitles: Readonly<Record<NumberName, string>> = {
  effective_rank: 'effective rank',
  low_frequencies: 'low frequencies',
  leading_share: 'share of the first',
  leading_eigenvalue: 'largest eigenvalue',
};

/** Whether a number is a share of a sum. */
export const isShare = (name: NumberName): boolean =>
  name === 'low_frequencies' || name === 'leading_share';

/** What spreads of a number are relative to: those of shares to the sum, of ranks and eigenvalues to their value. */
export const spreadUnit = (name: NumberName, value: number): number =>
  isShare(name) ? 1 : Math.abs(value);

/** The spectrum of an estimate. */
export interface Spectrum {
  /** All, largest first: [p]. */
  readonly eigenvalues: Float64Array;
  /** [p]; NaN where they are not known. */
  readonly standardErrors: Float64Array;
  /** Fourier energy of each direction: [p] of [H·W]. */
  readonly energies: readonly Float64Array[];
  readonly image: Pick<ImageShape, 'height' | 'width'>;
  /** How often each direction is one of the whole image: once in every channel, where all have the same. */
  readonly copies: number;
}

/**
 * The numbers of a spectrum, of whole images, with the errors that those of the eigenvalues make, if these were independent: Σ (∂/∂λ_i)² σ_i². With shares
 * p_i = λ_i / Σλ, H = −Σ p_i ln p_i and the share l_i of direction i below half of Nyquist, the derivatives times Σλ are −(ln p_i + H) e^H of the
 * effective rank, l_i − Σ p_j l_j of the share of low frequencies, and δ_i0 − p_0 of the share of the first.
 */
export function spectralNumbers(spectrum: Spectrum): Readonly<Record<NumberName, Measured>> {
  const { eigenvalues, standardErrors, energies, image, copies } = spectrum;
  const positive = eigenvalues.map(x => Math.max(0, x));
  const sum = positive.reduce((all, x) => all + x, 0);
  const shares = positive.map(x => x / sum);
  const rank = effectiveRank(eigenvalues);
  const entropy = Math.log(rank);
  const low = energies.map(energy => radialProfile(energy, image.height, image.width).low);
  const allLow = shares.reduce((all, p, i) => all + p * low[i], 0);
  const errorOf = (derivative: (i: number) => number): number =>
    Math.hypot(...standardErrors.map((error, i) => (derivative(i) * error) / sum));
  return {
    effective_rank: {
      value: copies * rank,
      error: copies * errorOf(i => (shares[i] > 0 ? -(Math.log(shares[i]) + entropy) * rank : 0)),
    },
    low_frequencies: { value: allLow, error: errorOf(i => low[i] - allLow) },
    leading_share: {
      value: shares[0] / copies,
      error: errorOf(i => (i === 0 ? 1 : 0) - shares[0]) / copies,
    },
    leading_eigenvalue: { value: positive[0], error: standardErrors[0] },
  };
}
