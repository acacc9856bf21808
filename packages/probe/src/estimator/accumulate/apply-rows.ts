import type { SparseRows } from './sparse-rows.js';

/** scale · rows · Φ for Φ [n × f]: the coordinates of features in a symmetry type. */
export function applyRows(rows: SparseRows, phi: Float32Array, f: number, scale = 1): Float64Array {
  const size = rows.start.length - 1;
  const out = new Float64Array(size * f);
  for (let i = 0; i < size; i++)
    for (let k = rows.start[i]; k < rows.start[i + 1]; k++)
      addScaledRow(out, i * f, phi, rows.index[k] * f, scale * rows.weight[k], f);
  return out;
}

function addScaledRow(
  out: Float64Array,
  to: number,
  phi: Float32Array,
  from: number,
  weight: number,
  f: number,
): void {
  for (let c = 0; c < f; c++) out[to + c] += weight * phi[from + c];
}
