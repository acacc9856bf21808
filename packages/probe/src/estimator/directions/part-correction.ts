import {
  multiply,
  multiplyTransposed,
  row,
  symmetricEigen,
  matrix,
  type Matrix,
} from '@nads/linalg';
import type { PartOf, SymmetryBlock } from '../accumulate/symmetry-blocks.js';
import { trace } from './trace.js';

/** Covariances of whole symmetry types from averages of the sums of types and of parts of them. */
export type Correction = (average: readonly Matrix[]) => readonly Matrix[];

/** Eigenvalues below this share of the mean are not inverted. */
const ridge = 1e-4;

/**
 * What further networks tell of parts of the covariance, carried over to all of it by regression in double sampling
 * (Cochran, Sampling Techniques, §12.7, with matrices): C + B D Bᵀ with D what the mean over all networks has more in a part S than
 * C[S,S], and B = C[:,S] C[S,S]⁻¹. No eigenvalue becomes negative.
 * @param average that B is taken from: of all networks that are corrected.
 * @param blocks symmetry types, and after them the parts of them that further networks were probed along; without parts nothing
 * is corrected.
 */
export function partCorrection(
  average: readonly Matrix[],
  blocks: readonly SymmetryBlock[],
): Correction {
  const parts = blocks.flatMap(({ partOf }, at) =>
    partOf ? [{ at, ...regression(average, partOf) }] : [],
  );
  const types = blocks.length - blocks.filter(({ partOf }) => partOf).length;
  return found => {
    const whole = found.slice(0, types);
    for (const { at, block, coefficients } of parts)
      whole[block] = plus(whole[block], spread(coefficients, found[at]));
    return whole;
  };
}

/** B = C[:,S] (C[S,S] + ε)⁻¹: how all of a symmetry type goes along with a part of it. */
function regression(average: readonly Matrix[], { block, rows }: PartOf) {
  const covariance = average[block];
  const beside = columnsOf(covariance, rows);
  const { values, vectors } = symmetricEigen(rowsOf(beside, rows));
  const least = (ridge * trace(covariance)) / covariance.rows || 1;
  const scaled = matrix(rows.length, rows.length, vectors.data.slice());
  values.forEach((value, i) => scale(row(scaled, i), 1 / (Math.max(value, 0) + least)));
  const along = multiplyTransposed(beside, vectors);
  return { block, coefficients: multiply(along, scaled) };
}

/** B D Bᵀ. */
const spread = (b: Matrix, d: Matrix): Matrix => multiplyTransposed(multiply(b, d), b);

function columnsOf({ rows: n, columns, data }: Matrix, chosen: Uint32Array): Matrix {
  const found = matrix(n, chosen.length);
  for (let i = 0; i < n; i++)
    chosen.forEach((j, at) => (found.data[i * chosen.length + at] = data[i * columns + j]));
  return found;
}

function rowsOf(a: Matrix, chosen: Uint32Array): Matrix {
  const found = matrix(chosen.length, a.columns);
  chosen.forEach((i, at) => row(found, at).set(row(a, i)));
  return found;
}

function scale(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
}

const plus = ({ rows, columns, data }: Matrix, b: Matrix): Matrix =>
  matrix(
    rows,
    columns,
    data.map((x, i) => x + b.data[i]),
  );
