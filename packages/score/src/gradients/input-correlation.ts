import { matrix, multiplyTransposed, symmetricEigenvalues, type Matrix } from '@nads/linalg';
import { differentiate, inferShapes, writeModel, type ImageInput } from '@nads/onnx';
import { placedImages } from '@nads/probe';
import { float32, type Session } from '@nads/runtime';
import type { ScoredNetwork } from '../network/scored-network.js';

/** A model of the gradients of the sum of all outputs of a batch with respect to its images. */
export interface InputModel {
  readonly model: Uint8Array;
  readonly image: ImageInput;
  /** The input that takes ones of the dims of the outputs. */
  readonly seed: string;
  readonly seedDims: readonly number[];
  readonly gradient: string;
}

/** @throws NoGradient where an operator on the way has none, naming it. */
export function inputModel({ network, image, output, dims }: ScoredNetwork): InputModel {
  const { model, seeds, gradients } = differentiate(network, { wrt: [image.name], of: [output] });
  const seedDims = inferShapes(network, dims).get(output)!.dims!;
  return { model: writeModel(model), image, seed: seeds[0], seedDims, gradient: gradients[0] };
}

/** What is added to eigenvalues. */
const least = 1e-5;

/**
 * jacob_cov: −Σ log(v + 10⁻⁵) + 1/(v + 10⁻⁵) over the eigenvalues v of the correlations between the gradients of images (Mellor et
 * al. 2020, first version; Abdelfattah et al. 2021). Undefined where an image has a constant gradient.
 * @param images [batch × C·H·W].
 */
export async function jacobianCovariance(
  session: Session,
  { image, seed, seedDims, gradient }: InputModel,
  images: Float32Array,
): Promise<number | undefined> {
  const ones = new Float32Array(seedDims.reduce((a, b) => a * b, 1)).fill(1);
  const results = await session.run({
    [image.name]: placedImages(image, images),
    [seed]: float32(ones, seedDims),
  });
  const rows = seedDims[0];
  const gradients = Float64Array.from(results[gradient].data as Float32Array);
  const normalised = standardised(matrix(rows, gradients.length / rows, gradients));
  if (!normalised) return undefined;
  const values = symmetricEigenvalues(multiplyTransposed(normalised, normalised));
  return -values.reduce((sum, v) => sum + Math.log(v + least) + 1 / (v + least), 0);
}

/** Rows of mean 0 and length 1; undefined where one is constant. */
function standardised(a: Matrix): Matrix | undefined {
  const result = matrix(a.rows, a.columns);
  for (let i = 0; i < a.rows; i++) {
    const values = a.data.subarray(i * a.columns, (i + 1) * a.columns);
    const mean = values.reduce((sum, x) => sum + x, 0) / a.columns;
    const length = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0));
    if (length === 0) return undefined;
    values.forEach((x, at) => (result.data[i * a.columns + at] = (x - mean) / length));
  }
  return result;
}
