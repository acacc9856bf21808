import type { Matrix } from '@nads/linalg';
import type { Tally } from '../accumulate/tally.js';
import { filledGroups } from './filled-groups.js';
import { trace } from './trace.js';

/**
 * For each symmetry type, how many independent draws of an isotropic Gaussian g would leave its
 * covariance estimate as uncertain: E‖Ĉ − C‖²_F = ((tr C)² + tr C²)/n for g gᵀ averaged over n draws.
 * Infinite where the groups do not differ, NaN where there are fewer than two.
 */
export function effectiveDraws(tally: Tally, covariance: readonly Matrix[]): number[] {
  const groups = filledGroups(tally);
  if (groups.length < 2) return covariance.map(() => NaN);
  return covariance.map((c, b) => {
    const squares = groups.reduce(
      (sum, { sums, networks: n }) =>
        sum + (n / tally.networks) ** 2 * squaredDistance(sums[b], 1 / n, c),
      0,
    );
    const variance = (squares * groups.length) / (groups.length - 1);
    const frobenius = c.data.reduce((sum, x) => sum + x * x, 0);
    return variance <= 1e-20 * frobenius ? Infinity : (trace(c) ** 2 + frobenius) / variance;
  });
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
