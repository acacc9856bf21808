import { matrix, row, type Matrix } from '@nads/linalg';
import { addLifted } from '../accumulate/add-lifted.js';
import type { SymmetryBlock } from '../accumulate/symmetry-blocks.js';
import type { BlockEigen } from './block-eigen.js';

/** The eigenvectors of all blocks in the coordinates of all n directions, as rows in the order of their eigenvalues. */
export function liftEigenvectors(
  eigen: BlockEigen,
  blocks: readonly SymmetryBlock[],
  n: number,
): Matrix {
  const rows = matrix(eigen.pairs.length, n);
  for (const k of eigen.pairs.keys()) liftEigenvector(eigen, blocks, k, row(rows, k));
  return rows;
}

/** Eigenvector k of all in the coordinates of all directions. */
export function liftEigenvector(
  { pairs, vectors }: BlockEigen,
  blocks: readonly SymmetryBlock[],
  k: number,
  out: Float64Array,
): void {
  const { block, part, row: i } = pairs[k];
  out.fill(0);
  addLifted(out, blocks[block].parts[part], row(vectors[block], i));
}
