import { matrix, transpose, type Matrix } from '@nads/linalg';
import type { MatrixProduct } from '@nads/runtime';
import type { Basis } from './basis.js';
import { blockEigen, liftEigenvectors } from './block-eigen.js';
import { averageSums } from './covariance.js';
import { pixelsOf } from './image-shape.js';
import { noiseFloor, type NoiseFloor } from './noise-floor.js';
import type { Tally } from './sample.js';
import { stability, type Stability } from './stability.js';
import type { SymmetryBlock } from './symmetry-blocks.js';
import { standardErrors } from './uncertainty.js';

/** Neural anisotropy directions with what is known of their uncertainty. */
export interface Directions {
  /** Rows are NADs as images [C·H·W], most preferred first: [k × pixels], row-major. */
  readonly nads: Float32Array;
  /** Eigenvalues of C, largest first: [k]. */
  readonly eigenvalues: Float64Array;
  /** NaN where there are too few networks to tell: [k]. */
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
 * @throws if no network was probed.
 */
export async function directions(
  tally: Tally,
  basis: Basis,
  blocks: readonly SymmetryBlock[],
  k: number,
  multiply?: MatrixProduct,
): Promise<Directions> {
  if (tally.networks === 0) throw new Error('no network was probed, so there are no directions');
  const covariance = averageSums(tally.groups, tally.networks);
  const eigen = await blockEigen(covariance, blocks, Math.min(k, basis.size), multiply);
  const eigenvalues = Float64Array.from(eigen.pairs, pair => pair.value);
  return {
    nads: toPixels(liftEigenvectors(eigen, blocks, basis.size), basis),
    eigenvalues,
    standardErrors: await standardErrors(tally, eigen, multiply),
    types: eigen.pairs.map(pair => blocks[pair.block].name),
    stability: await stability(tally, blocks, basis.size, tops, multiply),
    noiseFloor: noiseFloor(tally, covariance, blocks, eigenvalues),
  };
}

/** Coordinates along a basis as images, the entry of largest magnitude positive. */
function toPixels(coordinates: Matrix, basis: Basis): Float32Array {
  const k = coordinates.rows;
  const pixels = pixelsOf(basis.shape);
  const byDirection = transpose(coordinates).data;
  const byPixel = matrix(pixels, k);
  for (let j = 0; j < basis.size; j++)
    basis.direction(j, (pixel, value) => {
      for (let i = 0; i < k; i++) byPixel.data[pixel * k + i] += byDirection[j * k + i] * value;
    });
  const images = new Float32Array(k * pixels);
  const image = new Float64Array(pixels);
  for (let i = 0; i < k; i++) {
    for (let pixel = 0; pixel < pixels; pixel++) image[pixel] = byPixel.data[pixel * k + i];
    fixSign(image);
    images.set(image, i * pixels);
  }
  return images;
}

function fixSign(image: Float64Array): void {
  let largest = 0;
  for (const x of image) if (Math.abs(x) > Math.abs(largest) * (1 + 1e-9)) largest = x;
  if (largest < 0) for (let i = 0; i < image.length; i++) image[i] = -image[i];
}
