import { matrix, row, type Matrix } from '@nads/linalg';
import { addLifted } from '../accumulate/add-lifted.js';
import type { SymmetryBlock } from '../accumulate/symmetry-blocks.js';
import type { BlockEigen } from './block-eigen.js';

/** The eigenvectors of all blocks in the coordinates of all n directions, as rows in the order of their eigenvalues. */
export function liftEigenvectors(
  { pairs, vectors }: BlockEigen,
  blocks: readonly SymmetryBlock[],
  n: number,
): Matrix {
  const rows = matrix(pairs.length, n);
  pairs.forEach(({ block, part, row: i }, k) => {
    addLifted(row(rows, k), blocks[block].parts[part], row(vectors[block], i));
  });
  return rows;
}
