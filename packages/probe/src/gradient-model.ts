import {
  batchDims,
  differentiate,
  findHead,
  freeBatch,
  imageInput,
  inferShapes,
  inlineFunctions,
  isHead,
  logits,
  sizeOf,
  trunk,
  writeModel,
  type ImageInput,
  type Layout,
  type Model,
} from '@nads/onnx';
import { batchSize } from './batch-size.js';
import { withFloatOutput } from './float-output.js';

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
}

/** What can be chosen about a gradient. */
export interface GradientOptions {
  /** Of what: all outputs, the features that enter the last linear layer, or its outputs without softmax. */
  readonly of?: 'outputs' | 'features' | 'logits';
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  /** Images in one run. */
  readonly batch?: number;
}

/**
 * Differentiates an image model with respect to its images, its weights as they are.
 * @throws NoGradient where an operator on the way has no gradient; an error where it is no image model.
 */
export function gradientModel(model: Model, options: GradientOptions = {}): GradientModel {
  const whole = withFloatOutput(inlineFunctions(model));
  const image = imageInput(whole, options);
  const { model: freed, obstacle } = freeBatch(whole, image);
  const images = obstacle === undefined ? 2 : (image.batch ?? 1);
  const dims = { [image.name]: batchDims(image, images) };
  const cut = cutAt(freed, dims, options.of ?? 'outputs');
  const output = cut.graph.outputs[0].name;
  const {
    model: derivative,
    seeds,
    gradients,
  } = differentiate(cut, {
    wrt: [image.name],
    of: [output],
    keepOutputs: true,
  });
  const inference = inferShapes(derivative, {
    ...dims,
    [seeds[0]]: inferShapes(cut, dims).get(output)?.dims ?? [],
  });
  const free = options.batch ?? batchSize(derivative.graph, inference, images);
  return {
    model: writeModel(derivative),
    image,
    seed: seeds[0],
    output,
    gradient: gradients[0],
    outputDims: perImage(inference.get(output)?.dims, images, output),
    batch: obstacle === undefined ? free : images,
    obstacle,
  };
}

function cutAt(
  model: Model,
  dims: Readonly<Record<string, readonly number[]>>,
  of: NonNullable<GradientOptions['of']>,
): Model {
  if (of === 'outputs') return model;
  const head = findHead(model, inferShapes(model, dims));
  if (!isHead(head)) {
    if (of === 'logits') return model;
    throw new Error(`--of features: ${head.obstacle}; use --of outputs`);
  }
  return of === 'logits' ? logits(model, head) : trunk(model, head);
}

function perImage(dims: readonly number[] | undefined, images: number, output: string): number[] {
  if (!dims) throw new Error(`the shape of output '${output}' is not known before running`);
  if (dims[0] !== images)
    throw new Error(`the first axis of output '${output}' [${dims}] is not the batch`);
  return dims.slice(1);
}

/** Numbers that a model gives for one image. */
export const outputCount = ({ outputDims }: GradientModel): number => sizeOf(outputDims);
