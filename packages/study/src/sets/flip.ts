import { directionRows, type Basis } from '@nads/basis';
import { reorderCoefficients, type Reordering } from '@nads/dataset';
import { matrixProduct, type Runtime } from '@nads/runtime';
import type { Change } from './change-record.js';
import { writeChangedSet, type SetEnvironment } from './changed-set.js';
import { requireBasis, type PixelSet } from './pixel-set.js';

/** Where a set is flipped. */
export interface FlipEnvironment extends SetEnvironment {
  readonly runtime: Runtime;
}

/** A flipped set that has been written. */
export interface Flipped {
  readonly change: Change;
}

/**
 * Writes a set with its coefficients along directions in another order (flipping, Ortiz-Jiménez et al. 2020, section 5):
 * flipped.npz and flipped.png. Directions of one channel are taken in each channel.
 * @param reordering of as many coefficients as the basis has directions, as `parseOrder` gives it
 */
export async function flip(
  set: PixelSet,
  basis: Basis,
  reordering: Reordering,
  { runtime, ...environment }: FlipEnvironment,
): Promise<Flipped> {
  requireBasis(set, basis);
  const product = await matrixProduct(runtime);
  const rows = directionRows(basis);
  const change = await writeChangedSet(
    'flipped',
    set,
    ({ images }) => reorderCoefficients(images, rows, reordering, product),
    environment,
  );
  return { change };
}
