import { NotFinite, placedImages } from '@nads/probe';
import { float32, type Session, type Values } from '@nads/runtime';
import type { ScoredOutput, WeightModel } from './weight-model.js';

/** Scores from the derivatives of the mean cross-entropy L over a batch, sums over weights w of convolutions and linear layers. */
export interface WeightScores {
  readonly loss: number;
  /** Σ over layers of ‖∂L/∂W‖₂. */
  readonly gradNorm: number;
  /** Σ |w·∂L/∂w| (Lee et al. 2019). */
  readonly snip: number;
  /** Σ w·∂L/∂w. */
  readonly plain: number;
  /** −Σ w·(Hg), g = ∂L/∂w (Wang et al. 2020); undefined where the model does not give H·g. */
  readonly grasp?: number;
  /** Σ over channels of ½ meanₙ(Σ a·∂L/∂a)² × weights of the channel, a the layer's output (Turner et al. 2020). */
  readonly fisher: number;
}

/**
 * Scores that need labels, from one run; products and sums are in float64.
 * @param images [batch × C·H·W]; @param labels the class of each, from 0.
 * @throws NotFinite where the loss is not finite; RangeError where a label is not a class of the model.
 */
export async function weightScores(
  session: Session,
  model: WeightModel,
  images: Float32Array,
  labels: ArrayLike<number>,
): Promise<WeightScores> {
  const { image, targets, classes, layers, weights } = model;
  const results = await session.run({
    [image.name]: placedImages(image, images),
    [targets]: float32(oneHot(labels, classes), [labels.length, classes]),
  });
  const [loss] = results[model.loss].data as Float32Array;
  if (!Number.isFinite(loss)) throw new NotFinite(loss, 'for the loss of the batch');
  const numbers = (name: string): Float32Array => results[name].data as Float32Array;
  let [gradNorm, snip, plain] = [0, 0, 0];
  for (const { values, gradient } of weights) {
    const slopes = numbers(gradient);
    gradNorm += Math.sqrt(slopes.reduce((sum, slope) => sum + slope * slope, 0));
    values.forEach((w, i) => {
      snip += Math.abs(w * slopes[i]);
      plain += w * slopes[i];
    });
  }
  const fisher = layers.reduce((sum, layer) => sum + fisherOf(layer, results), 0);
  return { loss, gradNorm, snip, plain, grasp: graspOf(model, results), fisher };
}

function graspOf({ weights }: WeightModel, results: Values): number | undefined {
  if (weights.some(({ curvature }) => curvature === undefined)) return undefined;
  return -weights.reduce((sum, { values, curvature }) => {
    const products = results[curvature!].data as Float32Array;
    return values.reduce((total, w, i) => total + w * products[i], sum);
  }, 0);
}

function fisherOf(
  { channels, weightsPerChannel, sensitivity }: ScoredOutput,
  results: Values,
): number {
  const data = results[sensitivity].data as Float32Array;
  const squares = data.reduce((sum, x) => sum + x * x, 0);
  return (0.5 * squares * weightsPerChannel * channels) / data.length;
}

function oneHot(labels: ArrayLike<number>, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  Array.from(labels).forEach((label, i) => {
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(
        `image ${i} has label ${label}; the model has classes 0 to ${classes - 1}`,
      );
    rows[i * classes + label] = 1;
  });
  return rows;
}
