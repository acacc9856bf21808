import { addProduct, transposedView, view } from './add-product.js';
import { multiplyLower } from './multiply-lower.js';
import { addMultiple, dot, scale } from './vector.js';

/** Rows reduced before the rest of the matrix is brought up to date. */
const panelRows = 32;

/** A = Q T Qᵀ with T tridiagonal and Q = H_{n−1} ⋯ H_1, H_i = I − τ_i v_i v_iᵀ. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Entry i stands between diagonal entries i−1 and i; entry 0 is zero. */
  readonly offDiagonal: Float64Array;
  /** n×n; v_i is the first i entries of row i, the rest is meaningless. */
  readonly reflectors: Float64Array;
  /** τ_i. */
  readonly scales: Float64Array;
}

/** The reflectors of one panel and their images, as rows. */
interface Panel {
  readonly v: Float64Array[];
  readonly w: Float64Array[];
}

/**
 * Householder reduction of a symmetric n×n matrix, last row first, of which only the lower triangle is
 * read and which is overwritten (Golub & Van Loan §8.3.1; blocked as in Dongarra, Sorensen & Hammarling 1989).
 * Entries should not exceed about one.
 */
export function tridiagonalise(a: Float64Array, n: number): Tridiagonal {
  const result = {
    diagonal: new Float64Array(n),
    offDiagonal: new Float64Array(n),
    reflectors: a,
    scales: new Float64Array(n),
  };
  for (let end = n; end > 0; end -= panelRows) {
    const start = Math.max(0, end - panelRows);
    const panel: Panel = { v: [], w: [] };
    for (let i = end - 1; i >= start; i--) reduceRow(result, i, n, panel);
    updateRest(a, n, start, panel);
  }
  return result;
}

function reduceRow(t: Tridiagonal, i: number, n: number, panel: Panel): void {
  const current = t.reflectors.subarray(i * n, i * n + i + 1);
  panel.v.forEach((v, q) => {
    addMultiple(current, -v[i], panel.w[q]);
    addMultiple(current, -panel.w[q][i], v);
  });
  t.diagonal[i] = current[i];
  if (i === 0) return;
  const v = current.subarray(0, i);
  [t.offDiagonal[i], t.scales[i]] = reflect(v);
  panel.w.push(image(t.reflectors, n, v, t.scales[i], panel));
  panel.v.push(v);
}

/**
 * Turns x into v with v_last = 1 such that (I − τ v vᵀ) x = β e_last.
 * @returns [β, τ].
 */
function reflect(x: Float64Array): [number, number] {
  const last = x.length - 1;
  const alpha = x[last];
  const rest = x.subarray(0, last);
  const square = dot(rest, rest);
  x[last] = 1;
  // Squares below this have lost digits, and what they stand for is below the rounding of the matrix.
  if (square < 1e-280) {
    rest.fill(0);
    return [alpha, 0];
  }
  const beta = -Math.sign(alpha || 1) * Math.sqrt(alpha * alpha + square);
  scale(rest, 1 / (alpha - beta));
  return [beta, (beta - alpha) / beta];
}

/** w = τ (A v − ½ τ (vᵀ A v) v), where A lacks the updates of the panel so far. */
function image(
  a: Float64Array,
  n: number,
  v: Float64Array,
  tau: number,
  panel: Panel,
): Float64Array {
  const w = new Float64Array(v.length);
  if (tau === 0) return w;
  multiplyLower(a, n, v, w);
  panel.v.forEach((earlier, q) => {
    const alongW = dot(v, panel.w[q]);
    const alongV = dot(v, earlier);
    addMultiple(w, -alongW, earlier);
    addMultiple(w, -alongV, panel.w[q]);
  });
  scale(w, tau);
  addMultiple(w, -0.5 * tau * dot(w, v), v);
  return w;
}

/** A −= Σ v wᵀ + w vᵀ for the leading rows that are not yet reduced. */
function updateRest(a: Float64Array, n: number, rows: number, { v, w }: Panel): void {
  const left = new Float64Array(2 * v.length * rows);
  const right = new Float64Array(2 * v.length * rows);
  v.forEach((reflector, q) => {
    left.set(reflector.subarray(0, rows), 2 * q * rows);
    left.set(w[q].subarray(0, rows), (2 * q + 1) * rows);
    right.set(w[q].subarray(0, rows), 2 * q * rows);
    right.set(reflector.subarray(0, rows), (2 * q + 1) * rows);
  });
  const factor = transposedView(view(left, 2 * v.length, rows));
  const options = { scale: -1, lowerOnly: true };
  addProduct(view(a, rows, rows, n), factor, view(right, 2 * v.length, rows), options);
}
