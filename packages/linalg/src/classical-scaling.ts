import { matrix, row, type Matrix } from './matrix.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** Points whose distances are close to given ones. */
export interface Scaling {
  /** A point a row, axes by how much they carry: [n × dimensions]. */
  readonly points: Matrix;
  /** Share of Σ|eigenvalue| of the centred matrix that the axes carry: 1 where distances are exactly those of the points. */
  readonly carried: number;
}

/**
 * Classical multidimensional scaling: the leading eigenvectors of −½ J D² J, J = I − 11ᵀ/n, each times the square root of its
 * eigenvalue (Torgerson 1952). Axes without a positive eigenvalue are 0.
 * @param distances n×n, symmetric
 * @throws if the matrix is not square, is empty or contains a number that is not finite
 */
export function classicalScaling(distances: Matrix, dimensions = 2): Scaling {
  const n = distances.rows;
  if (n === 0) throw new Error('linalg: there are no distances to scale');
  const { values, vectors } = symmetricEigen(doublyCentred(distances));
  const points = matrix(n, dimensions);
  for (let axis = 0; axis < Math.min(dimensions, n); axis++) {
    const length = Math.sqrt(Math.max(0, values[axis]));
    row(vectors, axis).forEach((x, i) => (points.data[i * dimensions + axis] = length * x));
  }
  const sizes = values.map(Math.abs);
  const all = sizes.reduce((sum, x) => sum + x, 0);
  const kept = values.subarray(0, dimensions).reduce((sum, x) => sum + Math.max(0, x), 0);
  return { points, carried: all === 0 ? 1 : kept / all };
}

/** −½ J D² J. */
function doublyCentred({ rows: n, columns, data }: Matrix): Matrix {
  if (n !== columns)
    throw new Error(`linalg: distances are a square matrix, not one of ${n}×${columns}`);
  const squares = data.map(d => d * d);
  const means = Float64Array.from(
    { length: n },
    (_, i) => squares.subarray(i * n, (i + 1) * n).reduce((sum, x) => sum + x, 0) / n,
  );
  const mean = means.reduce((sum, x) => sum + x, 0) / n;
  return matrix(
    n,
    n,
    squares.map((x, at) => -0.5 * (x - means[Math.floor(at / n)] - means[at % n] + mean)),
  );
}
