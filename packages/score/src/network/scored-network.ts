import type { Layout } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import { batchDims, prune, upgradeOpset, type ImageInput, type Model } from '@nads/onnx';
import { ownNetwork, supportedModel } from '@nads/probe';
import { withBatchStatistics } from './batch-statistics.js';

/** How a network is prepared for scores. */
export interface ScoreOptions {
  /** Images in the one run that a score is made of. */
  readonly batch: number;
  /** Whose mean and variance batch normalisation takes: the batch's, or those on file. 'training' if not given. */
  readonly batchNorm?: 'training' | 'evaluation';
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
}

/** An image model up to its logits, for a batch of so many images. */
export interface ScoredNetwork {
  readonly network: Model;
  readonly image: ImageInput;
  /** The value that holds the logits. */
  readonly output: string;
  readonly batch: number;
  /** Whether the file leaves no other batch. */
  readonly isFixed: boolean;
  /** Dims of the batch by the name of its input. */
  readonly dims: Readonly<Record<string, readonly number[]>>;
}

/**
 * Prepares an image model for scores.
 * @throws where it is not a float32 image model; OptionError where its batch is fixed to another number.
 */
export function scoredNetwork(model: Model, options: ScoreOptions): ScoredNetwork {
  const { batch, batchNorm = 'training', size, layout } = options;
  const own = ownNetwork(supportedModel(model), { of: 'logits', size, layout });
  if (own.obstacle !== undefined && own.images !== batch)
    throw new OptionError(
      'batch',
      `the model takes ${own.images} image(s) at a time (${own.obstacle}); give a batch of ${own.images}`,
    );
  const upgraded = prune(upgradeOpset(own.network));
  return {
    network: batchNorm === 'training' ? withBatchStatistics(upgraded) : upgraded,
    image: own.image,
    output: own.output,
    batch,
    isFixed: own.obstacle !== undefined,
    dims: { [own.image.name]: batchDims(own.image, batch) },
  };
}
