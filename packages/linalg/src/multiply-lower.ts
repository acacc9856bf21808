/**
 * y = A x for a symmetric matrix, reading only the lower triangle of its first x.length rows.
 * Four rows at a time: every entry read is used twice, every y_j written once for four rows.
 * @param stride length of a row of A.
 */
export function multiplyLower(
  a: Float64Array,
  stride: number,
  x: Float64Array,
  y: Float64Array,
): void {
  y.fill(0);
  let i = 0;
  for (; i + 3 < x.length; i += 4) multiplyFourRows(a, i * stride, stride, i, x, y);
  for (; i < x.length; i++) multiplyCorner(a, i * stride, stride, i, 1, x, y, 0);
}

function multiplyFourRows(
  a: Float64Array,
  at: number,
  stride: number,
  i: number,
  x: Float64Array,
  y: Float64Array,
): void {
  const a1 = at + stride;
  const a2 = a1 + stride;
  const a3 = a2 + stride;
  const x0 = x[i];
  const x1 = x[i + 1];
  const x2 = x[i + 2];
  const x3 = x[i + 3];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = 0; j < i; j++) {
    const xj = x[j];
    const p = a[at + j];
    const q = a[a1 + j];
    const r = a[a2 + j];
    const s = a[a3 + j];
    y[j] += p * x0 + q * x1 + (r * x2 + s * x3);
    s0 += p * xj;
    s1 += q * xj;
    s2 += r * xj;
    s3 += s * xj;
  }
  y[i] += s0;
  y[i + 1] += s1;
  y[i + 2] += s2;
  y[i + 3] += s3;
  multiplyCorner(a, at, stride, i, 4, x, y, i);
}

/** Rows i…i+rows−1 from column `first` on, up to their diagonal entries. */
function multiplyCorner(
  a: Float64Array,
  at: number,
  stride: number,
  i: number,
  rows: number,
  x: Float64Array,
  y: Float64Array,
  first: number,
): void {
  for (let r = i; r < i + rows; r++, at += stride) {
    for (let j = first; j < r; j++) {
      y[r] += a[at + j] * x[j];
      y[j] += a[at + j] * x[r];
    }
    y[r] += a[at + r] * x[r];
  }
}
