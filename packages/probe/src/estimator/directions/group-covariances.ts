import type { Matrix } from '@nads/linalg';
import { averageSums } from '../accumulate/average-sums.js';
import type { Tally } from '../accumulate/tally.js';
import type { Correction } from './part-correction.js';

/** What a group of networks gives for the covariance of each symmetry type. */
export interface GroupCovariance {
  readonly covariance: readonly Matrix[];
  /** Networks in the group, at least one. */
  readonly networks: number;
}

/** The covariances of the groups of a tally that have networks, one after the other since they are large. */
export function* groupCovariances(
  { networks, groups }: Tally,
  correction: Correction = average => average,
): Generator<GroupCovariance> {
  for (const [g, sums] of groups.slice(0, networks).entries()) {
    const inGroup = Math.ceil((networks - g) / groups.length);
    yield { covariance: correction(averageSums([sums], inGroup)), networks: inGroup };
  }
}
