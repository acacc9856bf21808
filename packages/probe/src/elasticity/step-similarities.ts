import { matrix, type Matrix } from '@nads/linalg';
import type { Watched } from '@nads/runtime';
import { pixelsOf } from '@nads/basis';
import type { ElasticImages } from './elastic-images.js';
import type { SteppedNetwork } from './stepped-network.js';

/** Similarities by steps of one length. */
export interface StepSimilarities {
  /** The length of steps, η. */
  readonly eta: number;
  /** (q⁺(x_j) − q(x_j)) / (−η ∂L/∂q(x_i)), row i the step at x_i; where one output is compared. */
  readonly kernel?: Matrix;
  /** ‖q⁺(x_j) − q(x_j)‖ / ‖q⁺(x_i) − q(x_i)‖. */
  readonly relative: Matrix;
}

/** Weights take steps θ⁺ = θ − η ∂L(x_i)/∂θ, one at each image, back to θ behind each. */
export interface Steps {
  readonly network: SteppedNetwork;
  readonly images: ElasticImages;
  /** Of image i: 0 or 1 for each output that is compared. */
  readonly targets: (i: number) => ArrayLike<number>;
  readonly etas: readonly number[];
}

/**
 * The similarities of local elasticity (He & Su 2020) by one real step of plain SGD at each image, for each length of steps. Neither is
 * symmetric; rows where the loss is flat are NaN.
 * @throws the signal's reason once it is aborted.
 */
export async function stepSimilarities(
  steps: Steps,
  { signal, onProgress }: Watched = {},
): Promise<readonly StepSimilarities[]> {
  const { images, etas } = steps;
  const { count, chosen } = images;
  const found = etas.map(eta => ({
    eta,
    ...(chosen.length === 1 && { kernel: matrix(count, count) }),
    relative: matrix(count, count),
  }));
  const before = await outputs(steps);
  for (let i = 0; i < count; i++) {
    signal?.throwIfAborted();
    await addRow(steps, before, i, found);
    onProgress?.({ unit: 'steps', done: i + 1, total: count });
  }
  return found;
}

/** f of all images, one after the other. */
type Outputs = readonly Float64Array[];

async function outputs(
  { network, images: { count, at, chosen, gradients } }: Steps,
  weights?: Parameters<SteppedNetwork['outputsOf']>[1],
): Promise<Outputs> {
  const pixels = pixelsOf(gradients.image);
  const all = new Float32Array(count * pixels);
  for (let i = 0; i < count; i++) all.set(at(i), i * pixels);
  const found = await network.outputsOf(all, weights);
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from(chosen, k => found[i * network.outputs + k]),
  );
}

/** What a step at image i does to all images. */
async function addRow(
  steps: Steps,
  before: Outputs,
  i: number,
  found: readonly StepSimilarities[],
): Promise<void> {
  const { network, images, targets } = steps;
  const { loss, chosen, at } = images;
  const slope = loss.slope(before[i], targets(i));
  const along = new Float64Array(network.outputs);
  chosen.forEach((k, place) => (along[k] = slope[place]));
  const gradient = await network.gradient(at(i), along);
  // ∂L/∂q = ∂L/∂f / (∂q/∂f)
  const slopeOfQuantity = slope[0] / loss.derivative(before[i], 0)[0];
  for (const { eta, kernel, relative } of found) {
    const after = await outputs(steps, network.moved(gradient, -eta));
    const changes = after.map((f, j) => {
      const [moved, still] = [loss.quantity(f), loss.quantity(before[j])];
      return moved.map((q, k) => q - still[k]);
    });
    const own = Math.hypot(...changes[i]);
    changes.forEach((change, j) => {
      relative.data[i * relative.columns + j] = Math.hypot(...change) / own;
      if (kernel) kernel.data[i * kernel.columns + j] = change[0] / (-eta * slopeOfQuantity);
    });
  }
}
