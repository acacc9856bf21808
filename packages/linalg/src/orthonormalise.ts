import { addProduct, transposedView, view } from './add-product.js';
import { matrix, row, type Matrix } from './matrix.js';
import { addMultiple, dot, norm, scale } from './vector.js';

const block = 32;
/** What a row must keep of its unit length to count as independent of the rows before it. */
const leastRemainder = 1e-12;

/**
 * An orthonormal basis of the rows, where the first k rows span what the first k given rows span
 * (Gram–Schmidt, every row done twice: Giraud, Langou & Rozložník 2005).
 * @throws naming the first row that is linearly dependent on earlier rows.
 */
export function orthonormalise(rows: Matrix): Matrix {
  const basis = matrix(rows.rows, rows.columns, rows.data.slice());
  orthonormaliseInPlace(basis, (_, i) => {
    throw new Error(`linalg: row ${i} is linearly dependent on earlier rows`);
  });
  return basis;
}

/**
 * As `orthonormalise`, in place.
 * @param replace puts another vector of about unit length in the place of a dependent row, or throws.
 */
export function orthonormaliseInPlace(
  basis: Matrix,
  replace: (dependent: Float64Array, i: number) => void,
): void {
  for (let first = 0; first < basis.rows; first += block) {
    const last = Math.min(first + block, basis.rows);
    normaliseRows(basis, first, last);
    for (let pass = 0; pass < 2; pass++) {
      projectOut(basis, first, last);
      for (let i = first; i < last; i++)
        while (!orthonormaliseRow(basis, i, first)) replace(row(basis, i), i);
    }
  }
}

function normaliseRows(basis: Matrix, first: number, last: number): void {
  for (let i = first; i < last; i++) {
    const length = norm(row(basis, i));
    if (!Number.isFinite(length)) throw new Error(`linalg: row ${i} contains a non-finite number`);
    scale(row(basis, i), 1 / (length || 1));
  }
}

/** Removes from rows first…last−1 their components along all rows before them. */
function projectOut(basis: Matrix, first: number, last: number): void {
  const { columns, data } = basis;
  const earlier = view(data, first, columns);
  const current = view(data, last - first, columns, columns, first * columns);
  const components = view(new Float64Array(current.rows * first), current.rows, first);
  addProduct(components, current, transposedView(earlier));
  addProduct(current, components, earlier, { scale: -1 });
}

/**
 * Removes from row i, of about unit length, its components along rows first…i−1.
 * @returns false, leaving what remains, if that is nothing.
 */
function orthonormaliseRow(basis: Matrix, i: number, first: number): boolean {
  const current = row(basis, i);
  for (let j = first; j < i; j++) addMultiple(current, -dot(current, row(basis, j)), row(basis, j));
  const length = norm(current);
  if (length <= leastRemainder) return false;
  scale(current, 1 / length);
  return true;
}
