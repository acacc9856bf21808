/** Largest relative difference that rounding can make between an image alone and in a batch. */
const rounding = 1e-3;

/** Whether two runs gave the same but for rounding. */
export function agree(a: Float32Array, b: Float32Array): boolean {
  const scale = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return a.every((x, i) => Math.abs(x - b[i]) <= rounding * scale);
}
