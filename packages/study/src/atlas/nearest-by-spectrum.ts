import { titleOf, type IndependentMember, type KeptEstimate } from './atlas.js';
import type { Measured } from './disattenuated.js';
import { squaredHellinger } from './spectral-distance.js';

/** A member, and how far its Fourier energy is from a model's. */
export interface NearSpectrum {
  readonly name: string;
  readonly title: string;
  /** Squared Hellinger distance, less what the noise of the member makes; that of the model stays in it, the same for all members. */
  readonly distance: Measured;
}

/** Members by the distance of their Fourier energy from a model's, nearest first. */
export function nearestBySpectrum(
  members: readonly IndependentMember[],
  { energy }: Pick<KeptEstimate, 'energy'>,
): NearSpectrum[] {
  return members
    .map(({ member, estimates }) => {
      const [a, b] = member.estimates;
      const noise = squaredHellinger(a.energy, b.energy) / 2;
      const found = estimates.map(one => squaredHellinger(energy, one.energy));
      const value = found.reduce((sum, x) => sum + x, 0) / found.length - noise;
      const spread = found.length > 1 ? (found[0] - found[1]) / 2 : 0;
      return {
        name: member.summary.name,
        title: titleOf(member.summary),
        distance: { value, error: Math.hypot(spread, noise) },
      };
    })
    .toSorted((a, b) => a.distance.value - b.distance.value);
}
