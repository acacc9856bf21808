import { matrix, type Matrix } from './matrix.js';

/**
 * The n orthonormal vectors of the discrete cosine transform (DCT-II) as rows, lowest frequency first:
 * row k is c_k cos(π (2i + 1) k / 2n) with c_0 = √(1/n) and all other c_k = √(2/n)
 * (Ahmed, Natarajan & Rao 1974).
 */
export function cosineBasis(n: number): Matrix {
  const basis = matrix(n, n);
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      basis.data[k * n + i] =
        Math.sqrt((k === 0 ? 1 : 2) / n) *
        Math.cos((Math.PI * (((2 * i + 1) * k) % (4 * n))) / (2 * n));
  return basis;
}
