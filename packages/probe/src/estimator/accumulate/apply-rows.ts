import type { SparseRows } from './sparse-rows.js';

/** scale · rows · Φ for Φ [n × f]: the coordinates of features in a symmetry type, put into `out` [rows × f]. */
export function applyRows(
  rows: SparseRows,
  phi: Float32Array,
  f: number,
  scale: number,
  out: Float64Array,
): void {
  const size = rows.start.length - 1;
  out.fill(0);
  for (let i = 0; i < size; i++) {
    const end = rows.start[i + 1];
    let k = rows.start[i];
    for (; k + 3 < end; k += 4) addFourRows(out, i * f, rows, k, phi, f, scale);
    for (; k < end; k++)
      addScaledRow(out, i * f, phi, rows.index[k] * f, scale * rows.weight[k], f);
  }
}

/** As `addScaledRow` four times, to the last bit: every sum is read and written once for four rows. */
function addFourRows(
  out: Float64Array,
  to: number,
  { index, weight }: SparseRows,
  k: number,
  phi: Float32Array,
  f: number,
  scale: number,
): void {
  const [p, q, r, s] = [index[k] * f, index[k + 1] * f, index[k + 2] * f, index[k + 3] * f];
  const a = scale * weight[k];
  const b = scale * weight[k + 1];
  const c = scale * weight[k + 2];
  const d = scale * weight[k + 3];
  for (let j = 0; j < f; j++)
    out[to + j] = out[to + j] + a * phi[p + j] + b * phi[q + j] + c * phi[r + j] + d * phi[s + j];
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
