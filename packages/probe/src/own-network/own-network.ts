import { OptionError } from '@nads/linalg';
import type { Layout } from '@nads/basis';
import {
  findHead,
  inferShapes,
  flatModel,
  isHead,
  logits,
  requireGrowth,
  sizeOf,
  trunk,
  type Inference,
  type Model,
} from '@nads/onnx';
import { imageBatch, type ImageBatch } from '../estimator/plan/image-batch.js';
import { withFloatOutput } from '../estimator/plan/with-float-output.js';

/** Options of a model probed with its own weights. */
export interface OwnNetworkOptions {
  /** What is probed: all outputs, the features that enter the last linear layer, or its outputs without softmax. */
  readonly of?: 'outputs' | 'features' | 'logits';
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  /** Images in one run. */
  readonly batch?: number;
}

/** An image model with its own weights, cut where its values are wanted; the batch is free where that can be. */
export interface OwnNetwork extends Pick<ImageBatch, 'image' | 'images' | 'dims'> {
  readonly network: Model;
  readonly output: string;
  /** Why every run must have so many images as the file says; undefined where the batch is free. */
  readonly obstacle?: string;
}

/**
 * The network of a file, cut where its values are wanted.
 * @throws where it is not an image model, or its shapes contradict each other, naming the node; OptionError where it has no features and they are asked for.
 */
export function ownNetwork(model: Model, options: OwnNetworkOptions = {}): OwnNetwork {
  const whole = withFloatOutput(flatModel(model));
  const { image, batch, images, dims } = imageBatch(whole, options);
  const { model: freed, obstacle } = batch;
  const inference = inferShapes(freed, dims);
  requireGrowth(freed.graph, inference, sizeOf(dims[image.name]));
  const network = cutAt(freed, inference, options.of ?? 'outputs');
  requireShapes(network, dims, whole.graph.outputs[0].name);
  return { network, image, output: network.graph.outputs[0].name, obstacle, images, dims };
}

/**
 * Makes sure before anything runs that shapes fit what was added behind the values that are wanted.
 * @param name of the output in the file.
 * @throws where they do not, or where these are no float32 numbers
 */
function requireShapes(network: Model, dims: OwnNetwork['dims'], name: string): void {
  const output = network.graph.outputs[0].name;
  const { type = 'float32' } = inferShapes(network, dims).get(output) ?? {};
  if (type !== 'float32' && output !== name)
    throw new Error(`output '${name}' is computed in ${type}; convert the model to float32`);
}

function cutAt(
  model: Model,
  inference: Inference,
  of: NonNullable<OwnNetworkOptions['of']>,
): Model {
  if (of === 'outputs') return model;
  const head = findHead(model, inference);
  if (isHead(head)) return of === 'logits' ? logits(model, head) : trunk(model, head);
  if (of === 'logits') return model;
  throw new OptionError('of', `no features: ${head.obstacle}; use \`of\` outputs`);
}
