import {
  differentiate,
  inferShapes,
  opsetOf,
  writeModel,
  type ImageInput,
  type Model,
} from '@nads/onnx';
import { ownNetworkBatch } from './own-network-batch.js';
import { ownNetwork, type OwnNetworkOptions } from './own-network.js';

/** A model that gives its outputs and, for a seed on them, gradients with respect to its images. */
export interface GradientModel {
  readonly model: Uint8Array;
  readonly image: ImageInput;
  /** The input that takes ∂s/∂y [n, outputs…]. */
  readonly seed: string;
  readonly output: string;
  /** The output that holds ∂s/∂x, of the dims of the images. */
  readonly gradient: string;
  /** Dims of the outputs of one image. */
  readonly outputDims: readonly number[];
  /** Images in one run. */
  readonly batch: number;
  /** Why every run must have so many images; undefined where the batch is free. */
  readonly obstacle?: string;
  /** The network that it was derived from, where nodes were converted to a later opset for that. */
  readonly original?: Model;
}

/** Settings of a gradient. */
export type GradientOptions = OwnNetworkOptions;

/**
 * Differentiates an image model with respect to its images, its weights as they are.
 * @throws NoGradient where an operator on the way has no gradient; an error where it is not an image model.
 */
export function gradientModel(model: Model, options: GradientOptions = {}): GradientModel {
  const own = ownNetwork(model, options);
  const { network, image, output, obstacle, images, dims } = own;
  const {
    model: derivative,
    seeds: [seed],
    gradients: [gradient],
  } = differentiate(network, { wrt: [image.name], of: [output], keepOutputs: true });
  const outputDims = inferShapes(network, dims).get(output)?.dims;
  const inference = inferShapes(derivative, { ...dims, [seed]: outputDims ?? [] });
  return {
    model: writeModel(derivative),
    image,
    seed,
    output,
    gradient,
    outputDims: perImage(outputDims, images, output),
    batch: ownNetworkBatch(own, derivative, inference, options.batch),
    obstacle,
    original: opsetOf(network) === opsetOf(derivative) ? undefined : network,
  };
}

function perImage(dims: readonly number[] | undefined, images: number, output: string): number[] {
  if (!dims) throw new Error(`the shape of output '${output}' is not known before running`);
  if (dims[0] !== images)
    throw new Error(`the first axis of output '${output}' [${dims}] is not the batch`);
  return dims.slice(1);
}
