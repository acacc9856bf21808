import { outsideCore, placeOf, ziggurat } from './ziggurat.js';

const { widths, cores } = ziggurat;

/**
 * Fills with mean + standardDeviation·x for successive normal numbers x of `normal`.
 * The generator is written out because calls and array accesses would cost more than its arithmetic.
 */
export function fillNormal(
  state: Int32Array,
  out: Float32Array | Float64Array,
  mean: number,
  standardDeviation: number,
): void {
  const n = out.length;
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let counter = state[3];
  for (let i = 0; i < n; i++) {
    const high = (((a + b) | 0) + counter) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + high) | 0;
    const low = (((a + b) | 0) + (counter + 1)) | 0;
    counter = (counter + 2) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + low) | 0;
    const layer = high & 255;
    const place = placeOf(high, low);
    let x = place * widths[layer];
    if (Math.abs(place) >= cores[layer]) {
      state[0] = a;
      state[1] = b;
      state[2] = c;
      state[3] = counter;
      x = outsideCore(state, layer, x);
      a = state[0];
      b = state[1];
      c = state[2];
      counter = state[3];
    }
    out[i] = mean + standardDeviation * x;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}
