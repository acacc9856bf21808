import { matrix, type Matrix } from '@nads/linalg';
import { gradientKernel, type GradientKernelOptions } from '../example-gradients/index.js';
import { featuresAlong, type ElasticImages } from './elastic-images.js';

/**
 * The relative similarity of local elasticity (He & Su 2020) to first order, for one output: |K[i, j]| / |K[i, i]|, K as of
 * `kernelSimilarity`. Not symmetric.
 */
export const relativeSimilarity = (kernel: Matrix): Matrix => relativeToOwn(kernel);

/**
 * The same for any number of outputs: ‖dq(x_j)‖ / ‖dq(x_i)‖, dq the change of the quantity that the loss compares in an
 * infinitesimal step of SGD at x_i. NaN in rows of images at which the loss is flat.
 * @param targets of image i, 0 or 1 for each output.
 */
export async function relativeSimilarityOfSteps(
  images: ElasticImages,
  targets: (i: number) => ArrayLike<number>,
  options: Omit<GradientKernelOptions, 'from' | 'onBlock'>,
): Promise<Matrix> {
  const { count, chosen, loss, f } = images;
  const rows = featuresAlong(images, i => direction(loss.slope(f(i), targets(i))));
  const squares = matrix(count, count);
  for (const k of chosen.keys()) {
    const columns = featuresAlong(images, j => loss.derivative(f(j), k));
    const changes = await gradientKernel([{ rows, columns }], options);
    changes.data.forEach((change, at) => (squares.data[at] += change * change));
  }
  return relativeToOwn(matrix(count, count, squares.data.map(Math.sqrt)));
}

/** A vector of length 1: the length of a step divides out. */
function direction(slope: Float64Array): Float64Array {
  const length = Math.hypot(...slope);
  return length > 0 ? slope.map(x => x / length) : slope;
}

/** |a[i, j]| / |a[i, i]|. */
function relativeToOwn({ rows, columns, data }: Matrix): Matrix {
  return matrix(
    rows,
    columns,
    data.map((x, at) => Math.abs(x) / Math.abs(data[Math.floor(at / columns) * (columns + 1)])),
  );
}
