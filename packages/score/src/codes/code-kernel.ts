import { matrix, type Matrix } from '@nads/linalg';
import { NotFinite, placedImages } from '@nads/probe';
import type { Session, Values } from '@nads/runtime';
import type { CodeLayer, CodeModel } from './code-model.js';

/** How far the codes of images agree. */
export interface CodeKernel {
  /** K[i, j], the units that are both on or both off for images i and j: [n × n], whole numbers. */
  readonly kernel: Matrix;
  /** All units, N_A = K[i, i]. */
  readonly units: number;
}

/**
 * K[i, j] = N_A − d_H(c_i, c_j), c_i the binary code of image i and d_H Hamming's distance, summed over activations (Mellor et al. 2021).
 * @param images [batch × C·H·W].
 * @throws NotFinite where an activation is not finite.
 */
export async function codeKernel(
  session: Session,
  model: CodeModel,
  images: Float32Array,
): Promise<CodeKernel> {
  const { image, batch, layers } = model;
  const results = await session.run({ [image.name]: placedImages(image, images) });
  const kernel = matrix(batch, batch);
  for (const layer of layers) {
    requireFinite(layer, results);
    addAgreement(kernel, layer.units, results[layer.both].data as Float32Array);
  }
  return { kernel, units: layers.reduce((sum, { units }) => sum + units, 0) };
}

/** Units that agree are those that are on for both, and those that are on for neither: N − n_i − n_j + 2 n_ij. */
function addAgreement({ rows: n, data }: Matrix, units: number, both: Float32Array): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      data[i * n + j] += units - both[i * n + i] - both[j * n + j] + 2 * both[i * n + j];
}

function requireFinite({ name, sum }: CodeLayer, results: Values): void {
  const bad = (results[sum].data as Float32Array).find(x => !Number.isFinite(x));
  if (bad !== undefined) throw new NotFinite(bad, `at the input of '${name}'`);
}
