import type { Matrix } from '@nads/linalg';
import {
  gradientKernel,
  type GradientKernelOptions,
  type KernelTerm,
} from '../example-gradients/index.js';
import { featuresAlong, type ElasticImages } from './elastic-images.js';

/** The terms of `kernelSimilarity`: one for each output that is compared. */
export const similarityTerms = (
  rows: ElasticImages,
  columns: ElasticImages = rows,
): readonly KernelTerm[] =>
  rows.chosen.map((_, k) => {
    const of = (images: ElasticImages) =>
      featuresAlong(images, i => images.loss.derivative(images.f(i), k));
    const left = of(rows);
    return { rows: left, columns: columns === rows ? left : of(columns) };
  });

/**
 * The kernelised similarity of local elasticity (He & Su 2020) in the limit of small steps, exactly:
 * S_ker[i, j] = Σ_k ⟨∂q_k(x_i)/∂θ, ∂q_k(x_j)/∂θ⟩ of the quantity q that the loss compares, [rows × columns].
 */
export const kernelSimilarity = (
  rows: ElasticImages,
  columns: ElasticImages,
  options: GradientKernelOptions,
): Promise<Matrix> => gradientKernel(similarityTerms(rows, columns), options);
