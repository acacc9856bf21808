/**
 * Fills with low + (high − low)·w/2³² for successive words w of `sfc32`.
 * The generator is written out because calls and array accesses would cost more than its arithmetic.
 */
export function fillUniform(
  state: Int32Array,
  out: Float32Array | Float64Array,
  low: number,
  high: number,
): void {
  const step = (high - low) / 2 ** 32;
  const n = out.length;
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let counter = state[3];
  for (let i = 0; i < n; i++) {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    out[i] = low + (word >>> 0) * step;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}
