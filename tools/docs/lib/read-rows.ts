import { readFileSync } from 'node:fs';
import { decodeNpy } from '@nads/dataset';
import { matrix, type Matrix } from '@nads/linalg';

/** The matrix of a .npy file [n, D]. */
export function readRows(path: string): Matrix {
  const { shape, data } = decodeNpy(readFileSync(path), path);
  return matrix(shape[0], shape[1], Float64Array.from(data as Float64Array));
}
