import { multiplyTransposed, row, type Matrix, type MatrixProduct } from '@nads/linalg';
import type { BlockEigen } from './block-eigen.js';
import { averageSums } from '../accumulate/covariance.js';
import type { Tally } from '../accumulate/sample.js';

/** Networks in each group of a tally. */
const groupNetworks = ({ networks, groups }: Tally): number[] =>
  groups.map((_, g) => Math.ceil((networks - g) / groups.length)).map(n => Math.max(0, n));

/**
 * Standard errors of eigenvalues: the spread between groups of networks of uᵀ C u at the eigenvectors
 * u of all (the infinitesimal jackknife; the eigenvectors' own motion is of second order).
 * NaN where there are fewer than two groups.
 */
export async function standardErrors(
  tally: Tally,
  { pairs, vectors }: BlockEigen,
  multiply?: MatrixProduct,
): Promise<Float64Array> {
  const counts = groupNetworks(tally);
  const used = tally.groups.flatMap((sums, g) => (counts[g] > 0 ? [{ sums, n: counts[g] }] : []));
  const forms: Float64Array[][] = [];
  for (const { sums, n } of used) {
    const covariance = averageSums([sums], n);
    forms.push(
      await Promise.all(covariance.map((c, b) => quadraticForms(c, vectors[b], multiply))),
    );
  }
  return Float64Array.from(pairs, ({ block, row: i }) =>
    weightedError(
      forms.map(form => form[block][i]),
      used.map(({ n }) => n),
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
  return Float64Array.from({ length: u.rows }, (_, i) => {
    const [left, right] = [row(u, i), row(product, i)];
    return left.reduce((sum, x, j) => sum + x * right[j], 0);
  });
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

/**
 * For each symmetry type, how many independent draws of an isotropic Gaussian g would leave its
 * covariance estimate as uncertain: E‖Ĉ − C‖²_F = ((tr C)² + tr C²)/n for g gᵀ averaged over n draws.
 * Infinite where the groups do not differ, NaN where there are fewer than two.
 */
export function effectiveDraws(tally: Tally, covariance: readonly Matrix[]): number[] {
  const counts = groupNetworks(tally);
  const used = tally.groups.flatMap((sums, g) => (counts[g] > 0 ? [{ sums, n: counts[g] }] : []));
  if (used.length < 2) return covariance.map(() => NaN);
  return covariance.map((c, b) => {
    const squares = used.reduce(
      (sum, { sums, n }) => sum + (n / tally.networks) ** 2 * squaredDistance(sums[b], 1 / n, c),
      0,
    );
    const variance = (squares * used.length) / (used.length - 1);
    const frobenius = c.data.reduce((sum, x) => sum + x * x, 0);
    return variance <= 1e-20 * frobenius ? Infinity : (trace(c) ** 2 + frobenius) / variance;
  });
}

/** Sum of the diagonal. */
export function trace(c: Matrix): number {
  let sum = 0;
  for (let i = 0; i < c.rows; i++) sum += c.data[i * c.rows + i];
  return sum;
}

/** ‖scale · A − B‖²_F of symmetric matrices, from their lower triangles. */
function squaredDistance(a: Matrix, scale: number, b: Matrix): number {
  let below = 0;
  let diagonal = 0;
  for (let i = 0; i < a.rows; i++) {
    const start = i * a.rows;
    for (let k = start; k < start + i; k++) below += (scale * a.data[k] - b.data[k]) ** 2;
    diagonal += (scale * a.data[start + i] - b.data[start + i]) ** 2;
  }
  return 2 * below + diagonal;
}
