import { addGram, matrix, mirrorLower, type Matrix } from '@nads/linalg';
import { applyRows, type SymmetryBlock } from './symmetry-blocks.js';

/**
 * What networks add to the covariance: a symmetric matrix for each symmetry type, of which only the
 * lower triangle counts.
 */
export type BlockSums = readonly Matrix[];

/** Sums of zero for these symmetry types. */
export const emptySums = (blocks: readonly SymmetryBlock[]): BlockSums =>
  blocks.map(({ size }) => matrix(size, size));

/**
 * Adds Φ Φᵀ, averaged over the symmetry group, to the sums.
 * @param phi [directions × features], row-major.
 */
export function addCovariance(
  sums: BlockSums,
  blocks: readonly SymmetryBlock[],
  phi: Float32Array,
  features: number,
): void {
  blocks.forEach((block, b) => {
    const scale = 1 / Math.sqrt(block.parts.length);
    for (const part of block.parts) {
      const psi = applyRows(part, phi, features);
      if (scale !== 1) for (let i = 0; i < psi.length; i++) psi[i] *= scale;
      addGram(sums[b], psi);
    }
  });
}

/** Adds other sums to these. */
export function addSums(sums: BlockSums, others: BlockSums): void {
  sums.forEach(({ data }, b) => {
    const other = others[b].data;
    for (let i = 0; i < data.length; i++) data[i] += other[i];
  });
}

/** The average of several sums over n networks, both triangles filled. */
export function averageSums(groups: readonly BlockSums[], n: number): Matrix[] {
  return groups[0].map(({ rows }, b) => {
    const average = matrix(rows, rows);
    for (const group of groups) addScaled(average.data, group[b].data, 1 / n);
    mirrorLower(average);
    return average;
  });
}

function addScaled(out: Float64Array, values: Float64Array, scale: number): void {
  for (let i = 0; i < out.length; i++) out[i] += values[i] * scale;
}
