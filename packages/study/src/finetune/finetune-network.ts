import {
  batchDims,
  feeds,
  flatModel,
  upgradeOpset,
  withGraph,
  type ImageInput,
  type Model,
} from '@nads/onnx';
import { ownNetwork, supportedModel } from '@nads/probe';
import { imageOptions, type StatedPreprocessing } from '../trained/index.js';
import type { Kit } from '../train/training-run.js';
import { requireLogits } from './require-logits.js';

/** A model, and the network that is trained in its place. */
export interface FinetuneNetwork {
  /** With the inputs, outputs and names of the file, every weight in an initializer of its own. */
  readonly model: Model;
  /** From images to logits [N, classes], with initializers of the same names. */
  readonly network: Model;
  readonly image: ImageInput;
  readonly classes: number;
}

/** @throws where a model cannot be trained, with the reason */
export function finetuneNetwork(
  original: Model,
  stated: readonly StatedPreprocessing[],
  { withOwnInitializers }: Kit,
): FinetuneNetwork {
  supportedModel(original);
  const model = withOwnInitializers(flatModel(original));
  const own = ownNetwork(model, { of: 'logits', ...imageOptions(stated) });
  if (own.obstacle !== undefined)
    throw new Error(
      `it takes ${own.images} image(s) a run, training takes any number: ${own.obstacle}`,
    );
  const network = upgradeOpset(own.network);
  const classes = requireLogits(network, { [own.image.name]: batchDims(own.image, 2) });
  const { name } = network.graph.outputs[0];
  const outputs = [{ name, type: 'float32', dims: ['N', classes] } as const];
  return {
    model,
    network: withGraph(network, { inputs: feeds(network.graph), outputs }),
    image: own.image,
    classes,
  };
}
