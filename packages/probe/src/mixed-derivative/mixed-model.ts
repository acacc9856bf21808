import type { Layout } from '@nads/basis';
import {
  differentiate,
  inferShapes,
  flatModel,
  parameters,
  parseInit,
  sizeOf,
  withFreshWeights,
  writeModel,
  type Derivative,
  type ImageInput,
  type Model,
} from '@nads/onnx';
import { networkStream } from '../estimator/draw/network-stream.js';
import { ownNetwork } from '../own-network/own-network.js';

/** Settings of the mixed derivative of an architecture. */
export interface MixedOptions {
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  /** As `parseInit` reads it. */
  readonly init?: string;
  readonly seed?: number;
}

/** A model that multiplies by a matrix: its inputs and outputs beside the image and the seed of the output. */
export interface ProductModel {
  readonly model: Uint8Array;
  /** Inputs that hold the vector, in parts. */
  readonly vectors: readonly string[];
  /** Outputs that hold the product, in parts. */
  readonly products: readonly string[];
  /** The input that selects the output, [n, outputs…]. */
  readonly seed: string;
}

/** Models of products with M = ∂²f/∂θ∂x [P × D] of a network at its initialisation. */
export interface MixedModel {
  readonly image: ImageInput;
  /** M v: from a tangent of the image to parameters. */
  readonly forward: ProductModel;
  /** Mᵀ u: from parameters to the image; its vectors are the products of `forward`. */
  readonly backward: ProductModel;
  readonly outputDims: readonly number[];
  /** Numbers that training changes and the gradient depends on: P. */
  readonly parameters: number;
  /** Images in one run: one, or what the file is fixed to. */
  readonly batch: number;
}

/**
 * Draws a network and differentiates it twice: M v = ∂(∇_x f · v)/∂θ and Mᵀ u = ∂(∇_θ f · u)/∂x, each
 * reverse mode over reverse mode, so that M itself is never formed. The network is number 0 of the seed's.
 * @throws NoGradient where an operator on the way has no gradient; an error where there are no weights.
 */
export function mixedModel(original: Model, options: MixedOptions = {}): MixedModel {
  const random = networkStream(options.seed ?? 0, 0);
  const init = parseInit(options.init ?? 'pytorch');
  const fresh = withFreshWeights(flatModel(original), init, random);
  const { network, image, output, obstacle, images, dims } = ownNetwork(fresh, {
    ...options,
    of: 'logits',
  });
  const inference = inferShapes(network, dims);
  const names = parameters(network.graph, inference);
  if (names.length === 0)
    throw new Error('no layer with weights was found, so there is nothing to draw');
  const outputDims = inference.get(output)?.dims;
  if (outputDims?.[0] !== images)
    throw new Error(`the first axis of output '${output}' [${outputDims ?? '?'}] is not the batch`);
  const inputGradient = differentiate(network, {
    wrt: [image.name],
    of: [output],
    variables: names,
  });
  const acting = names.filter(name => holds(inputGradient.model, name));
  const parameterGradient = differentiate(network, { wrt: acting, of: [output] });
  return {
    image,
    forward: productModel(inputGradient, acting),
    backward: productModel(parameterGradient, [image.name]),
    outputDims: outputDims.slice(1),
    parameters: acting.reduce((sum, name) => sum + sizeOf(inference.get(name)!.dims!), 0),
    batch: obstacle === undefined ? 1 : images,
  };
}

/** Whether a value is still in a graph: what a gradient does not need has been left out. */
const holds = ({ graph }: Model, name: string): boolean =>
  graph.initializers.has(name) || graph.nodes.some(({ outputs }) => outputs.includes(name));

/** The model of ∂(∇f · v)/∂to for vectors v, from that of the gradients ∇f. */
function productModel(first: Derivative, to: readonly string[]): ProductModel {
  const second = differentiate(first.model, {
    wrt: to,
    of: first.gradients,
    prefixes: { seed: 'vector', gradient: 'product' },
  });
  return {
    model: writeModel(second.model),
    vectors: second.seeds,
    products: second.gradients,
    seed: first.seeds[0],
  };
}
