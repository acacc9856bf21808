import { addProduct, transposedView, view } from './add-product.js';
import type { Matrix } from './matrix.js';
import type { Tridiagonal } from './tridiagonalise.js';

/** Reflectors gathered into one product I − Vᵀ S V. */
const blockSize = 64;

/**
 * Multiplies rows of length n from the right by H_1 H_2 ⋯ H_{n−1}, which turns eigenvectors of T into
 * eigenvectors of A = Q T Qᵀ (compact WY form: Schreiber & Van Loan 1989).
 */
export function applyReflectors(rows: Matrix, t: Tridiagonal): void {
  for (let first = 1; first < rows.columns; first += blockSize)
    applyBlock(rows, t, first, Math.min(first + blockSize, rows.columns));
}

function applyBlock(rows: Matrix, t: Tridiagonal, first: number, last: number): void {
  const count = last - first;
  const width = last - 1;
  const v = gatherReflectors(t, first, last);
  const triangle = blockTriangle(v, t.scales.subarray(first, last), width);
  const components = view(new Float64Array(rows.rows * count), rows.rows, count);
  const images = view(new Float64Array(rows.rows * count), rows.rows, count);
  const target = view(rows.data, rows.rows, width, rows.columns);
  addProduct(components, target, transposedView(view(v, count, width)));
  addProduct(images, components, view(triangle, count, count));
  addProduct(target, images, view(v, count, width), { scale: -1 });
}

/** v_first … v_{last−1} as rows of equal length, filled up with zeros. */
function gatherReflectors(t: Tridiagonal, first: number, last: number): Float64Array {
  const n = t.diagonal.length;
  const width = last - 1;
  const v = new Float64Array((last - first) * width);
  for (let i = first; i < last; i++)
    v.set(t.reflectors.subarray(i * n, i * n + i), (i - first) * width);
  return v;
}

/** The upper triangular S with H_first ⋯ H_{last−1} = I − Vᵀ S V. */
function blockTriangle(v: Float64Array, scales: Float64Array, width: number): Float64Array {
  const count = scales.length;
  const gram = view(new Float64Array(count * count), count, count);
  addProduct(gram, view(v, count, width), transposedView(view(v, count, width)));
  const s = new Float64Array(count * count);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let q = i; q < j; q++) sum += s[i * count + q] * gram.data[q * count + j];
      s[i * count + j] = -scales[j] * sum;
    }
    s[j * count + j] = scales[j];
  }
  return s;
}
