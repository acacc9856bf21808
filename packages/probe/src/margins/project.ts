import { row, type Matrix } from '@nads/linalg';

/** ⟨x, u⟩ for each row u; rows of one channel's numbers are taken in each channel: [channels · b]. */
export function coefficientsOf(x: Float64Array, rows: Matrix): Float64Array {
  const { rows: count, columns } = rows;
  const found = new Float64Array((x.length / columns) * count);
  for (let at = 0; at < found.length; at++) {
    const u = row(rows, at % count);
    const first = Math.floor(at / count) * columns;
    let sum = 0;
    for (let i = 0; i < columns; i++) sum += u[i] * x[first + i];
    found[at] = sum;
  }
  return found;
}

/** Σ c u, what `coefficientsOf` takes apart, rounded as files and models have it: [channels · columns]. */
export function perturbation(coefficients: Float64Array, rows: Matrix): Float32Array {
  const { rows: count, columns } = rows;
  const sum = new Float64Array((coefficients.length / count) * columns);
  coefficients.forEach((value, at) => {
    const u = row(rows, at % count);
    const first = Math.floor(at / count) * columns;
    for (let i = 0; i < columns; i++) sum[first + i] += value * u[i];
  });
  return Float32Array.from(sum);
}
