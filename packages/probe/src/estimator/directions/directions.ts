import type { Basis } from '@nads/basis';
import type { MatrixProduct } from '@nads/linalg';
import { averageSums } from '../accumulate/average-sums.js';
import { wholeBlocks } from '../accumulate/part-blocks.js';
import type { SymmetryBlock } from '../accumulate/symmetry-blocks.js';
import type { Tally } from '../accumulate/tally.js';
import { blockEigen } from './block-eigen.js';
import { liftEigenvector } from './lift-eigenvectors.js';
import { groupCovariances, type GroupCovariance } from './group-covariances.js';
import { hasResponse } from './has-response.js';
import { NoResponse } from './no-response.js';
import { noiseFloor, type NoiseFloor } from './noise-floor.js';
import { partCorrection } from './part-correction.js';
import { stability, type Stability } from './stability.js';
import { standardErrors } from './standard-errors.js';
import { toPixels } from './to-pixels.js';

/** Neural anisotropy directions with what is known of their uncertainty. */
export interface Directions {
  /** Rows are NADs as images [C·H·W], most preferred first: [k × pixels], row-major. */
  readonly nads: Float32Array;
  /** Eigenvalues of C, largest first: [k]. */
  readonly eigenvalues: Float64Array;
  /** NaN with too few networks: [k]. */
  readonly standardErrors: Float64Array;
  /** Symmetry type of each NAD. */
  readonly types: readonly string[];
  readonly stability: readonly Stability[];
  readonly noiseFloor: NoiseFloor | undefined;
}

/** Subspaces whose stability is reported. */
const tops = [1, 3, 10, 30, 50, 100];

/**
 * The leading k eigenvectors of C = E[g gᵀ], with standard errors, stability and noise floor.
 * @throws if no network was probed; NoResponse if the output of none changed along any direction.
 */
export async function directions(
  tally: Tally,
  basis: Basis,
  blocks: readonly SymmetryBlock[],
  k: number,
  multiply?: MatrixProduct,
): Promise<Directions> {
  if (tally.networks === 0) throw new Error('no network was probed, so there are no directions');
  if (!hasResponse(tally)) throw new NoResponse(tally.networks);
  const average = averageSums(tally.groups, tally.networks);
  const correction = partCorrection(average, blocks);
  const covariance = correction(average);
  const types = wholeBlocks(blocks);
  const groups = (): Iterable<GroupCovariance> => groupCovariances(tally, correction);
  const eigen = await blockEigen(covariance, types, Math.min(k, basis.size), multiply);
  const eigenvalues = Float64Array.from(eigen.pairs, pair => pair.value);
  return {
    nads: toPixels(eigen.pairs.length, (i, out) => liftEigenvector(eigen, types, i, out), basis),
    eigenvalues,
    standardErrors: await standardErrors(groups(), eigen, multiply),
    types: eigen.pairs.map(pair => types[pair.block].name),
    stability: await stability(tally, blocks, basis.size, tops, multiply),
    noiseFloor: noiseFloor(groups(), covariance, types, eigenvalues),
  };
}
