import { multiplyTransposed, type Matrix, type MatrixProduct } from '@nads/linalg';
import type { BlockEigen } from './block-eigen.js';
import type { GroupCovariance } from './group-covariances.js';

/**
 * Standard errors of eigenvalues: the spread between groups of networks of uᵀ C u at the eigenvectors
 * u of all (the infinitesimal jackknife; the eigenvectors' own motion is of second order).
 * NaN where there are fewer than two groups.
 */
export async function standardErrors(
  groups: Iterable<GroupCovariance>,
  { pairs, vectors }: BlockEigen,
  multiply?: MatrixProduct,
): Promise<Float64Array> {
  const forms: Float64Array[][] = [];
  const counts: number[] = [];
  for (const { covariance, networks } of groups) {
    forms.push(
      await Promise.all(covariance.map((c, b) => quadraticForms(c, vectors[b], multiply))),
    );
    counts.push(networks);
  }
  return Float64Array.from(pairs, ({ block, row: i }) =>
    weightedError(
      forms.map(form => form[block][i]),
      counts,
    ),
  );
}

/** uᵀ C u for each row u. */
async function quadraticForms(
  c: Matrix,
  u: Matrix,
  multiply?: MatrixProduct,
): Promise<Float64Array> {
  const product = multiply ? await multiply(u, c) : multiplyTransposed(u, c);
  const forms = new Float64Array(u.rows);
  for (let i = 0, at = 0; i < u.rows; i++)
    for (let j = 0; j < u.columns; j++, at++) forms[i] += u.data[at] * product.data[at];
  return forms;
}

/** Standard error of the weighted mean of independent values: √(Σ w²(x − x̄)² · G/(G − 1)), Σw = 1. */
function weightedError(values: readonly number[], counts: readonly number[]): number {
  const groups = values.length;
  if (groups < 2) return NaN;
  const total = counts.reduce((a, b) => a + b, 0);
  const mean = values.reduce((sum, x, g) => sum + (x * counts[g]) / total, 0);
  const squares = values.reduce((sum, x, g) => sum + ((counts[g] / total) * (x - mean)) ** 2, 0);
  return Math.sqrt((squares * groups) / (groups - 1));
}
