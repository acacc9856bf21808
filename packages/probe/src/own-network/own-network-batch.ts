import type { Inference, Model } from '@nads/onnx';
import { batchSize } from '../estimator/plan/batch-size.js';
import { requireFreeBatch } from '../estimator/plan/require-free-batch.js';
import type { OwnNetwork } from './own-network.js';

/**
 * Images in one run of a model that was made from a network with its own weights: as chosen, else as many as
 * suit the graph; the file's own number where it is fixed.
 * @throws OptionError where another number is chosen and it is fixed
 */
export function ownNetworkBatch(
  { obstacle, images }: OwnNetwork,
  { graph }: Model,
  inference: Inference,
  chosen: number | undefined,
): number {
  const isFree = obstacle === undefined;
  requireFreeBatch({ isFree, images }, chosen);
  return isFree ? (chosen ?? batchSize(graph, inference, images)) : images;
}
