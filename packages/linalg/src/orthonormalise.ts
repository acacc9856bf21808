import { addProduct, transposedView, view } from './add-product.js';
import { matrix, row, type Matrix } from './matrix.js';

const block = 32;
/** What a row must keep of its unit length to count as independent of the rows before it. */
const leastRemainder = 1e-12;

/**
 * An orthonormal basis of the rows, where the first k rows span what the first k given rows span
 * (Gram–Schmidt, every row done twice: Giraud, Langou & Rozložník 2005).
 * @throws naming the first row that depends linearly on the rows before it.
 */
export function orthonormalise(rows: Matrix): Matrix {
  const basis = matrix(rows.rows, rows.columns, rows.data.slice());
  for (let first = 0; first < basis.rows; first += block) {
    const last = Math.min(first + block, basis.rows);
    normaliseRows(basis, first, last);
    for (let pass = 0; pass < 2; pass++) {
      projectOut(basis, first, last);
      for (let i = first; i < last; i++) orthonormaliseRow(basis, i, first);
    }
  }
  return basis;
}

function normaliseRows(basis: Matrix, first: number, last: number): void {
  for (let i = first; i < last; i++) {
    const length = norm(row(basis, i));
    if (!Number.isFinite(length))
      throw new Error(`linalg: row ${i} holds a number that is not finite`);
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

/** Removes from row i, of about unit length, its components along rows first…i−1. */
function orthonormaliseRow(basis: Matrix, i: number, first: number): void {
  const current = row(basis, i);
  for (let j = first; j < i; j++) addMultiple(current, -dot(current, row(basis, j)), row(basis, j));
  const length = norm(current);
  if (length <= leastRemainder)
    throw new Error(`linalg: row ${i} depends linearly on the rows before it`);
  scale(current, 1 / length);
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function scale(x: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i] *= factor;
}

function addMultiple(x: Float64Array, factor: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] += factor * y[i];
}

/** Euclidean length, scaled so that neither tiny nor huge numbers are lost. */
function norm(x: Float64Array): number {
  const largest = x.reduce((m, value) => Math.max(m, Math.abs(value)), 0);
  if (largest === 0) return 0;
  return largest * Math.sqrt(x.reduce((sum, value) => sum + (value / largest) ** 2, 0));
}
