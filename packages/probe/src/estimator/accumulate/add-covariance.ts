import { addGram, matrix, type Matrix } from '@nads/linalg';
import { addSums } from './add-sums.js';
import { applyRows } from './apply-rows.js';
import type { BlockSums } from './block-sums.js';
import type { SymmetryBlock } from './symmetry-blocks.js';

/** The product Ψ Ψᵀ of a matrix with its transpose. */
export type Gram = (psi: Matrix) => Promise<Matrix>;

/**
 * Adds scale · Φ Φᵀ, averaged over the symmetry group, to the sums.
 * @param phi [directions × features], row-major.
 * @param gram a faster product than plain JavaScript's, if available.
 */
export async function addCovariance(
  sums: BlockSums,
  blocks: readonly SymmetryBlock[],
  phi: Float32Array,
  features: number,
  scale = 1,
  gram?: Gram,
): Promise<void> {
  for (const [b, { parts, size }] of blocks.entries())
    for (const part of parts) {
      const weight = Math.sqrt(scale / parts.length);
      const psi = matrix(size, features, applyRows(part, phi, features, weight));
      if (gram) addSums([sums[b]], [await gram(psi)]);
      else addGram(sums[b], psi.data);
    }
}
