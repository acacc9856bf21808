import { matrix, type Matrix } from './matrix.js';
import { orthonormalise } from './orthonormalise.js';
import type { Random } from './random.js';

/**
 * Orthonormal rows [rows × columns] whose span is uniformly distributed: normal numbers, orthonormalised.
 * @throws if there are more rows than columns.
 */
export function randomOrthonormal(rows: number, columns: number, random: Random): Matrix {
  const drawn = matrix(rows, columns);
  random.fillNormal(drawn.data, 0, 1);
  return orthonormalise(drawn);
}
