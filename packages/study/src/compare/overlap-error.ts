import { matrix, multiplyTransposed, type Matrix } from '@nads/linalg';

/** The leading subspace of directions that were estimated. */
export interface EstimatedSubspace {
  /** Directions as orthonormal rows, most preferred first: [p × D]. */
  readonly rows: Matrix;
  /** Of each direction: [p]. */
  readonly eigenvalues: ArrayLike<number>;
  /** Its dimension k. */
  readonly top: number;
  /** Expected overlap with the true one. */
  readonly predicted: number;
}

/**
 * Standard error of the overlap ‖U_k V_kᵀ‖²_F / k of an estimated subspace with another one, from the noise of the first. Noise
 * turns direction i < k towards j ≥ k by a small angle ε_ij, which changes the overlap by (2 ε_ij Q_ij + ε_ij² (Q_jj − Q_ii)) / k,
 * Q_ij = u_iᵀQu_j of the projection Q on the other; the second term is all there is where the two are nearly the same. The
 * angles are independent and normal, with variances in proportion to λ_i λ_j / (λ_i − λ_j)² (Anderson 1963), here scaled so that
 * they sum up to the overlap with the true subspace that was predicted, and at most ½.
 * @param others orthonormal rows of which the first k span the other subspace
 * @returns NaN where the prediction is unknown
 */
export function overlapError(estimated: EstimatedSubspace, others: Matrix): number {
  const { rows, top, predicted } = estimated;
  if (!Number.isFinite(predicted)) return NaN;
  const cosines = multiplyTransposed(firstRows(others, top), rows);
  const inOther = Array.from({ length: rows.rows }, (_, i) => innerProduct(cosines, i, i));
  const weights = spreads(estimated);
  const scale = scaleFor(weights, top * (1 - predicted));
  const beyond = rows.rows - top;
  let [linear, quadratic] = [0, 0];
  for (let i = 0; i < top; i++)
    for (let j = top; j < rows.rows; j++) {
      const angle = turned(weights[i * beyond + j - top], scale);
      linear += 4 * angle * innerProduct(cosines, i, j) ** 2;
      quadratic += 2 * (angle * (inOther[j] - inOther[i])) ** 2;
    }
  // the noise is in Q_ij too, where it counts twice as much as in the quadratic term
  return Math.sqrt(Math.max(linear - quadratic, quadratic)) / top;
}

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));

/** λ_i λ_j / (λ_i − λ_j)² of each i < k ≤ j: [k × (p − k)]. */
function spreads({ eigenvalues, rows, top }: EstimatedSubspace): Float64Array {
  const beyond = rows.rows - top;
  return Float64Array.from({ length: top * beyond }, (_, at) => {
    const [a, b] = [eigenvalues[Math.floor(at / beyond)], eigenvalues[top + (at % beyond)]];
    return Math.max(0, a * b) / Math.max((a - b) ** 2, Number.MIN_VALUE);
  });
}

/** E ε² of a spread in units of the noise: in proportion to it where small, ½ where directions mix freely. */
const turned = (spread: number, scale: number): number => {
  const angle = spread * scale;
  return angle === Infinity ? 0.5 : angle / (1 + 2 * angle);
};

/** The scale at which all together turn as far as `total`, as far as they can. */
function scaleFor(weights: Float64Array, total: number): number {
  const sum = (scale: number) => weights.reduce((all, weight) => all + turned(weight, scale), 0);
  let [low, high] = [-60, 60];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (sum(10 ** middle) < total) low = middle;
    else high = middle;
  }
  return 10 ** low;
}

/** uᵢᵀQuⱼ, of the cosines [k × p] of the rows of Q with all u. */
function innerProduct({ data, rows, columns }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let m = 0; m < rows; m++) sum += data[m * columns + i] * data[m * columns + j];
  return sum;
}
