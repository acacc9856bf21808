import { readFileSync } from 'node:fs';
import { decodeNpy } from '@nads/dataset';

/** An array of floating-point numbers in C order. */
export interface Floats {
  readonly dtype: 'float32' | 'float64';
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** The array of a .npy file. @throws where it is not float32 or float64. */
export function readFloats(file: string): Floats {
  const { dtype, shape, data } = decodeNpy(readFileSync(file), file);
  if (data instanceof Float32Array) return { dtype: 'float32', shape, data };
  if (data instanceof Float64Array) return { dtype: 'float64', shape, data };
  throw new Error(`${file}: expected floating-point numbers, got ${dtype}`);
}
