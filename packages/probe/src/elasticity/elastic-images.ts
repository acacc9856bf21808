import { pixelsOf } from '@nads/basis';
import type { ExampleFeatures, WeightGradients } from '../example-gradients/index.js';
import { elasticLosses, type ElasticLoss, type ElasticLossName } from './elastic-loss.js';

/** Images at which a network takes steps, or at which their effect is looked at. */
export interface ElasticImages {
  readonly count: number;
  readonly gradients: WeightGradients;
  readonly loss: ElasticLoss;
  /** Which outputs of the network are f. */
  readonly chosen: readonly number[];
  /** The image i as the model takes it: [C·H·W]. */
  readonly at: (i: number) => Float32Array;
  /** f of image i: [chosen outputs]. */
  readonly f: (i: number) => Float32Array;
}

/**
 * Outputs of a network at images.
 * @param images [n × C·H·W], as the model takes them.
 * @param options.chosen outputs that are f; all if not given.
 * @throws NotFinite where an output is not finite, naming the image.
 */
export async function elasticImages(
  gradients: WeightGradients,
  images: Float32Array,
  loss: ElasticLossName,
  options: {
    readonly chosen?: readonly number[];
    readonly nameOf?: (index: number) => string;
  } = {},
): Promise<ElasticImages> {
  const { outputs, image } = gradients;
  const { chosen = Array.from({ length: outputs }, (_, k) => k), nameOf } = options;
  const all = await gradients.outputsOf(images, nameOf);
  const pixels = pixelsOf(image);
  return {
    count: images.length / pixels,
    gradients,
    loss: elasticLosses[loss],
    chosen,
    at: i => images.subarray(i * pixels, (i + 1) * pixels),
    f: i => Float32Array.from(chosen, k => all[i * outputs + k]),
  };
}

/**
 * Gradients Σ along_k ∂f_k/∂θ at images.
 * @param along of image i: [chosen outputs].
 */
export function featuresAlong(
  { count, gradients, chosen, at }: ElasticImages,
  along: (i: number) => ArrayLike<number>,
): ExampleFeatures {
  const { source, outputs, image } = gradients;
  const pixels = pixelsOf(image);
  return {
    count,
    size: source.size,
    parts: (first, last) => {
      const images = new Float32Array((last - first) * pixels);
      const seeds = new Float32Array((last - first) * outputs);
      for (let i = first; i < last; i++) {
        images.set(at(i), (i - first) * pixels);
        const row = along(i);
        chosen.forEach((k, at) => (seeds[(i - first) * outputs + k] = row[at]));
      }
      return source.parts(images, seeds);
    },
  };
}
