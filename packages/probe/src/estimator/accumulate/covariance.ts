import { addGram, matrix, mirrorLower, type Matrix } from '@nads/linalg';
import { applyRows, type SymmetryBlock } from './symmetry-blocks.js';

/**
 * What networks add to the covariance: a symmetric matrix for each symmetry type, of which only the
 * lower triangle counts.
 */
export type BlockSums = readonly Matrix[];

/** The product Ψ Ψᵀ of a matrix with its transpose. */
export type Gram = (psi: Matrix) => Promise<Matrix>;

/** Sums of zero for these symmetry types. */
export const emptySums = (blocks: readonly SymmetryBlock[]): BlockSums =>
  blocks.map(({ size }) => matrix(size, size));

/**
 * Adds scale · Φ Φᵀ, averaged over the symmetry group, to the sums.
 * @param phi [directions × features], row-major.
 * @param gram a faster product than plain JavaScript's, where one is at hand.
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
      const psi = matrix(
        size,
        features,
        applyRows(part, phi, features, Math.sqrt(scale / parts.length)),
      );
      if (gram) add(sums[b].data, (await gram(psi)).data);
      else addGram(sums[b], psi.data);
    }
}

/** Adds other sums to these. */
export const addSums = (sums: BlockSums, others: BlockSums): void =>
  sums.forEach(({ data }, b) => add(data, others[b].data));

function add(out: Float64Array, values: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += values[i];
}

/** The average of several sums over n networks, both triangles filled. */
export function averageSums(groups: readonly BlockSums[], n: number): Matrix[] {
  return groups[0].map(({ rows }, b) => {
    const average = matrix(rows, rows);
    for (const group of groups) add(average.data, group[b].data);
    for (let i = 0; i < average.data.length; i++) average.data[i] /= n;
    mirrorLower(average);
    return average;
  });
}
