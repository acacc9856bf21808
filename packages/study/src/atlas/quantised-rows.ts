import { matrix, orthonormalise, type Matrix } from '@nads/linalg';

/** Rows in eight bits: each value is a whole number from −127 to 127 times the scale of its row. */
export interface QuantisedRows {
  /** [n × D] */
  readonly values: Int8Array;
  /** [n] */
  readonly scales: Float32Array;
}

/** Rows rounded to eight bits. @throws where a row is all zeros */
export function quantisedRows({ rows, columns, data }: Matrix): QuantisedRows {
  const values = new Int8Array(rows * columns);
  const scales = Float32Array.from({ length: rows }, (_, i) => {
    const row = data.subarray(i * columns, (i + 1) * columns);
    const scale = row.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 127;
    if (!(scale > 0)) throw new Error(`row ${i} is nothing but zeros`);
    row.forEach((x, j) => (values[i * columns + j] = Math.round(x / scale)));
    return scale;
  });
  return { values, scales };
}

/** Orthonormal rows that span about the same as those that were rounded. @throws where rows depend on each other */
export function restoredRows({ values, scales }: QuantisedRows): Matrix {
  const columns = values.length / scales.length;
  const rounded = Float64Array.from(values, (x, at) => x * scales[Math.floor(at / columns)]);
  return orthonormalise(matrix(scales.length, columns, rounded));
}
