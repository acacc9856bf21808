import type { Basis } from '@nads/basis';
import { leadingEigen, matrix, Random, row, type Matrix, type MatrixProduct } from '@nads/linalg';
import type { Watched } from '@nads/runtime';
import { toPixels } from '../estimator/directions/to-pixels.js';
import type { MixedDerivative } from './mixed-derivative.js';

/** Right singular vectors of a mixed derivative. */
export interface MixedDirections {
  /** Rows are images [C·H·W], largest singular value first: [k × pixels]. */
  readonly nads: Float32Array;
  /** Squared singular values, the eigenvalues of C = MᵀM: [k]. */
  readonly eigenvalues: Float64Array;
  /** Largest ‖C u − λ u‖ / λ₁. */
  readonly residual: number;
  readonly converged: boolean;
}

/** Where products are taken, and what may help. */
export interface MixedSettings extends Watched {
  /** Points [C·H·W] over which C is averaged. */
  readonly points: readonly Float32Array[];
  readonly basis: Basis;
  readonly multiply?: MatrixProduct;
}

/** Products are in float32, which limits the residuals. */
const tolerance = 1e-5;

/**
 * The k leading right singular vectors of M = ∂²f/∂θ∂x of one network (Ortiz-Jiménez, Moosavi-Dezfooli &
 * Frossard, NeurIPS 2021), restricted to the span of a basis: eigenvectors of MᵀM by block Lanczos, from products alone.
 */
export async function mixedDirections(
  mixed: MixedDerivative,
  k: number,
  { points, basis, multiply, onProgress, signal }: MixedSettings,
): Promise<MixedDirections> {
  let done = 0;
  const product = async (v: Float64Array): Promise<Float64Array> => {
    signal?.throwIfAborted();
    const image = combination(basis, v);
    const sum = new Float64Array(basis.size);
    for (const point of points) {
      const part = coordinates(basis, await mixed.gramTimes(point, image));
      for (let j = 0; j < sum.length; j++) sum[j] += part[j] / points.length;
    }
    onProgress?.({ unit: 'products', done: ++done });
    return sum;
  };
  const found = await leadingEigen(
    { size: basis.size, apply: x => columnByColumn(x, product) },
    k,
    { random: new Random('leading eigenvectors'), multiply, tolerance },
  );
  return {
    nads: toPixels(found.vectors.rows, (i, out) => out.set(row(found.vectors, i)), basis),
    eigenvalues: found.values,
    residual: found.residual,
    converged: found.converged,
  };
}

/** A batch of images would give the sum of their products, so each vector has a run of its own. */
async function columnByColumn(
  x: Matrix,
  product: (v: Float64Array) => Promise<Float64Array>,
): Promise<Matrix> {
  const { rows, columns } = x;
  const result = matrix(rows, columns);
  for (let j = 0; j < columns; j++) {
    const v = Float64Array.from({ length: rows }, (_, i) => x.data[i * columns + j]);
    (await product(v)).forEach((value, i) => (result.data[i * columns + j] = value));
  }
  return result;
}

/** The image Σ v_j d_j. */
function combination(basis: Basis, v: Float64Array): Float64Array {
  const { channels, height, width } = basis.shape;
  const image = new Float64Array(channels * height * width);
  for (let j = 0; j < basis.size; j++)
    basis.visit(j, (pixel, value) => (image[pixel] += v[j] * value));
  return image;
}

/** d_j · image for each direction. */
function coordinates(basis: Basis, image: Float32Array): Float64Array {
  const along = new Float64Array(basis.size);
  for (let j = 0; j < basis.size; j++)
    basis.visit(j, (pixel, value) => (along[j] += value * image[pixel]));
  return along;
}
