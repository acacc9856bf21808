import { matrix, Random, type Matrix } from '../src/index.js';

/** Independent standard normal entries. */
export function randomMatrix(rows: number, columns: number, seed: number | string = 1): Matrix {
  const result = matrix(rows, columns);
  new Random(seed).fillNormal(result.data, 0, 1);
  return result;
}
