import { addGram, matrix, type Matrix } from '@nads/linalg';
import { addSums } from './add-sums.js';
import { applyRows } from './apply-rows.js';
import type { BlockSums } from './block-sums.js';
import type { SymmetryBlock } from './symmetry-blocks.js';

/** The product Ψ Ψᵀ of a matrix with its transpose. */
export type Gram = (psi: Matrix) => Promise<Matrix>;

/** What products are made with. */
export interface CovarianceMeans {
  /** A faster product than plain JavaScript's, if available. */
  readonly gram?: Gram;
  /** Gives room for so many numbers until it is called again. */
  readonly memory?: (length: number) => Float64Array;
}

/**
 * Adds scale · Φ Φᵀ, averaged over the symmetry group, to the sums.
 * @param phi [directions × features], row-major.
 */
export async function addCovariance(
  sums: BlockSums,
  blocks: readonly SymmetryBlock[],
  phi: Float32Array,
  features: number,
  scale = 1,
  { gram, memory = length => new Float64Array(length) }: CovarianceMeans = {},
): Promise<void> {
  for (const [b, { parts, size }] of blocks.entries())
    for (const part of parts) {
      const weight = Math.sqrt(scale / parts.length);
      const psi = matrix(size, features, memory(size * features));
      applyRows(part, phi, features, weight, psi.data);
      if (gram) addSums([sums[b]], [await gram(psi)]);
      else addGram(sums[b], psi.data);
    }
}
