import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import type { MemoryStore } from '../src/index.js';

/** The same number everywhere. */
export const numbers = (shape: readonly number[], value = 1): NdArray => ({
  dtype: 'float64',
  shape,
  data: new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(value),
});

/** Zeros. */
export const bytes = (shape: readonly number[]): NdArray => ({
  dtype: 'uint8',
  shape,
  data: new Uint8Array(shape.reduce((a, b) => a * b, 1)),
});

/** Puts arrays into an archive of a store; those that are undefined are taken out. */
export function withArrays(
  store: MemoryStore,
  file: string,
  arrays: Readonly<Record<string, NdArray | undefined>>,
): MemoryStore {
  const all = { ...Object.fromEntries(decodeNpz(store.files.get(file)!)), ...arrays };
  const left = Object.entries(all).filter((entry): entry is [string, NdArray] => !!entry[1]);
  store.files.set(file, encodeNpz(Object.fromEntries(left)));
  return store;
}
