import type { Matrix } from '@nads/linalg';

/** The largest difference between similarities, as a share of the largest of the exact ones. */
export function stepDistance(found: Matrix, exact: Matrix): number {
  let [difference, size] = [0, 0];
  exact.data.forEach((x, i) => {
    difference = Math.max(difference, Math.abs(found.data[i] - x));
    size = Math.max(size, Math.abs(x));
  });
  return difference / size;
}
