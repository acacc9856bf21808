import { implicitQl } from './implicit-ql.js';
import { joinHalves } from './join-halves.js';
import { rotate } from './rotate.js';
import type { UnorderedEigen } from './unordered-eigen.js';

/** Size up to which a block is solved directly. */
const leafSize = 32;

/**
 * Eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer
 * (Cuppen 1981, in the stable form of Gu & Eisenstat 1995).
 * @param diagonal becomes the eigenvalues.
 * @param offDiagonal entry i couples i−1 and i, entry 0 is not used; destroyed.
 */
export function tridiagonalEigen(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): UnorderedEigen {
  const n = diagonal.length;
  const eigen = { n, values: diagonal, vectors: new Float64Array(n * n) };
  solve(eigen, offDiagonal, 0, n);
  return eigen;
}

function solve(eigen: UnorderedEigen, e: Float64Array, start: number, end: number): void {
  if (end - start <= leafSize) return solveLeaf(eigen, e, start, end);
  const middle = (start + end) >> 1;
  const coupling = e[middle];
  eigen.values[middle - 1] -= Math.abs(coupling);
  eigen.values[middle] -= Math.abs(coupling);
  solve(eigen, e, start, middle);
  solve(eigen, e, middle, end);
  joinHalves(eigen, start, middle, end, coupling);
}

function solveLeaf(eigen: UnorderedEigen, e: Float64Array, start: number, end: number): void {
  const { n, values, vectors } = eigen;
  for (let i = start; i < end; i++) vectors[i * n + i] = 1;
  implicitQl(values.subarray(start, end), e.subarray(start, end), (i, cosine, sine) => {
    const row = (start + i) * n + start;
    rotate(vectors, row, row + n, end - start, cosine, -sine);
  });
}
