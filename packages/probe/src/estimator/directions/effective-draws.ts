import type { Matrix } from '@nads/linalg';
import type { GroupCovariance } from './group-covariances.js';
import { trace } from './trace.js';

/**
 * For each symmetry type, how many independent draws of an isotropic Gaussian g would leave its
 * covariance estimate as uncertain: E‖Ĉ − C‖²_F = ((tr C)² + tr C²)/n for g gᵀ averaged over n draws.
 * Infinite where the groups do not differ, NaN where there are fewer than two.
 */
export function effectiveDraws(
  groups: Iterable<GroupCovariance>,
  covariance: readonly Matrix[],
): number[] {
  const squares = covariance.map(() => 0);
  let [count, total] = [0, 0];
  for (const { covariance: found, networks } of groups) {
    found.forEach((c, b) => (squares[b] += networks ** 2 * squaredDistance(c, covariance[b])));
    count++;
    total += networks;
  }
  if (count < 2) return covariance.map(() => NaN);
  return covariance.map((c, b) => {
    const variance = ((squares[b] / total ** 2) * count) / (count - 1);
    const frobenius = c.data.reduce((sum, x) => sum + x * x, 0);
    return variance <= 1e-20 * frobenius ? Infinity : (trace(c) ** 2 + frobenius) / variance;
  });
}

/** ‖A − B‖²_F of symmetric matrices, from their lower triangles. */
function squaredDistance(a: Matrix, b: Matrix): number {
  let below = 0;
  let diagonal = 0;
  for (let i = 0; i < a.rows; i++) {
    const start = i * a.rows;
    for (let k = start; k < start + i; k++) below += (a.data[k] - b.data[k]) ** 2;
    diagonal += (a.data[start + i] - b.data[start + i]) ** 2;
  }
  return 2 * below + diagonal;
}
