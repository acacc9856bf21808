/** Inner product over the length of x, four sums at a time because additions must wait for one another. */
export function dot(x: Float64Array, y: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < x.length; k += 4) {
    s0 += x[k] * y[k];
    s1 += x[k + 1] * y[k + 1];
    s2 += x[k + 2] * y[k + 2];
    s3 += x[k + 3] * y[k + 3];
  }
  for (; k < x.length; k++) s0 += x[k] * y[k];
  return s0 + s1 + (s2 + s3);
}

/** x += factor · y over the length of x. */
export function addMultiple(x: Float64Array, factor: number, y: Float64Array): void {
  for (let k = 0; k < x.length; k++) x[k] += factor * y[k];
}

/** x *= factor. */
export function scale(x: Float64Array, factor: number): void {
  for (let k = 0; k < x.length; k++) x[k] *= factor;
}

/** Euclidean length; neither tiny nor huge entries are lost. */
export function norm(x: Float64Array): number {
  const square = dot(x, x);
  if (square > 1e-280 && square < 1e300) return Math.sqrt(square);
  const largest = x.reduce((m, value) => Math.max(m, Math.abs(value)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  return largest * Math.sqrt(x.reduce((sum, value) => sum + (value / largest) ** 2, 0));
}
