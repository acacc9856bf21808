const mostIterations = 60;

/** Called for each plane rotation of eigenvectors i and i+1. */
export type Rotation = (i: number, cosine: number, sine: number) => void;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by the implicit QL method, in place and in no order.
 * Source: EISPACK imtql2; Golub & Van Loan §8.3.3.
 * @param d the diagonal; becomes the eigenvalues.
 * @param e e[i] couples i−1 and i, e[0] is not used; destroyed.
 * @param rotate hears every rotation, to turn eigenvectors along:
 *   (x_i, x_{i+1}) becomes (c·x_i − s·x_{i+1}, s·x_i + c·x_{i+1}).
 */
export function implicitQl(d: Float64Array, e: Float64Array, rotate?: Rotation): void {
  e.copyWithin(0, 1);
  if (e.length > 0) e[e.length - 1] = 0;
  for (let l = 0; l < d.length; l++) {
    let iteration = 0;
    for (let m = endOfBlock(d, e, l); m > l; m = endOfBlock(d, e, l)) {
      if (iteration++ === mostIterations)
        throw new Error(`linalg: no convergence to eigenvalue ${l} in ${mostIterations} QL steps`);
      qlStep(d, e, l, m, rotate);
    }
  }
}

/** Last index of the unreduced block that starts at l. */
function endOfBlock(d: Float64Array, e: Float64Array, l: number): number {
  let m = l;
  while (m < d.length - 1 && !isNegligible(e[m], d[m], d[m + 1])) m++;
  return m;
}

const isNegligible = (coupling: number, left: number, right: number) =>
  Math.abs(coupling) <= Number.EPSILON * 0.5 * (Math.abs(left) + Math.abs(right));

/** The eigenvalue of the leading 2×2 corner that is nearer to its first entry (Wilkinson's shift). */
function wilkinsonShift(d: Float64Array, e: Float64Array, l: number): number {
  const half = (d[l + 1] - d[l]) / (2 * e[l]);
  return d[l] - e[l] / (half + Math.sign(half || 1) * Math.hypot(half, 1));
}

/** One QL step on rows l…m, from the bottom to the top. */
function qlStep(d: Float64Array, e: Float64Array, l: number, m: number, rotate?: Rotation): void {
  let g = d[m] - wilkinsonShift(d, e, l);
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      // Underflow has split the block; what is left of it is done in the next step.
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    const next = d[i + 1] - p;
    const s = (d[i] - next) * sine + 2 * cosine * b;
    p = sine * s;
    d[i + 1] = next + p;
    g = cosine * s - b;
    rotate?.(i, cosine, sine);
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}
