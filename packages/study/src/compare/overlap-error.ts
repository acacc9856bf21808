import { matrix, multiplyTransposed, type Matrix } from '@nads/linalg';

/** A subspace that noise has turned. */
export interface TurnedSubspace {
  /** Directions as orthonormal rows, most preferred first: [p × D]. */
  readonly rows: Matrix;
  /** Of each direction: [p]. */
  readonly eigenvalues: ArrayLike<number>;
  /** Its dimension k. */
  readonly top: number;
  /** Of `noiseAngles`: [k × (p − k)]. */
  readonly angles: Float64Array;
  /** As of `noiseAngles`. */
  readonly types?: readonly string[];
}

/**
 * Standard error of the overlap ‖U_k V_kᵀ‖²_F / k of an estimated subspace with another one, from the noise of the first. An angle ε_ij
 * changes the overlap by (2 ε_ij Q_ij + ε_ij² (Q_jj − Q_ii)) / k, Q_ij = u_iᵀQu_j of the projection Q on the other; the second
 * term is all there is where the two are nearly the same. Angles are normal and independent, but for those of directions of the
 * same eigenvalue and different types, which a symmetry makes the same.
 * @param others orthonormal rows of which the first k span the other subspace
 */
export function overlapError(
  { rows, eigenvalues, top, angles, types }: TurnedSubspace,
  others: Matrix,
): number {
  const cosines = multiplyTransposed(firstRows(others, top), rows);
  const inOther = Array.from({ length: rows.rows }, (_, i) => innerProduct(cosines, i, i));
  const tied = tiesOf(eigenvalues, types);
  const beyond = rows.rows - top;
  let [linear, quadratic] = [0, 0];
  angles.forEach((angle, at) => {
    if (angle === 0) return;
    const [i, j] = [Math.floor(at / beyond), top + (at % beyond)];
    const together = Math.min(tied[i], tied[j]);
    linear += 4 * together * angle * innerProduct(cosines, i, j) ** 2;
    quadratic += 2 * together * (angle * (inOther[j] - inOther[i])) ** 2;
  });
  // the noise is in Q_ij too, where it counts twice as much as in the quadratic term
  return Math.sqrt(Math.max(linear - quadratic, quadratic)) / top;
}

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));

/** Of how many types the directions are that have the eigenvalue of each. */
function tiesOf(
  eigenvalues: ArrayLike<number>,
  types: readonly (string | undefined)[] = [],
): number[] {
  const all = Array.from(eigenvalues);
  const found = new Map(all.map(value => [value, new Set<string | undefined>()]));
  all.forEach((value, i) => found.get(value)!.add(types[i]));
  return all.map(value => found.get(value)!.size);
}

/** uᵢᵀQuⱼ, of the cosines [k × p] of the rows of Q with all u. */
function innerProduct({ data, rows, columns }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let m = 0; m < rows; m++) sum += data[m * columns + i] * data[m * columns + j];
  return sum;
}
