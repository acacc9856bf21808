/**
 * Next word of the generator sfc32 (Doty-Humphrey, PractRand), as a signed integer.
 * `fillUniform` and `fillNormal` repeat these lines with the state in locals.
 * @param state four words, of which the last is a counter.
 */
export function sfc32(state: Int32Array): number {
  const b = state[1];
  const c = state[2];
  const counter = state[3];
  const word = (((state[0] + b) | 0) + counter) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = (c + (c << 3)) | 0;
  state[2] = (((c << 21) | (c >>> 11)) + word) | 0;
  state[3] = (counter + 1) | 0;
  return word;
}
