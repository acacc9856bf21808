import { batchOf, pixelPositions, pixelsOf } from '@nads/basis';
import {
  differentiate,
  inferShapes,
  parameters,
  sizeOf,
  writeModel,
  type ImageInput,
  type Model,
} from '@nads/onnx';
import { float32, type Session } from '@nads/runtime';
import { NotFinite } from '../not-finite/not-finite.js';
import { ownNetwork, type OwnNetworkOptions } from '../own-network/own-network.js';

/** A model that gives its outputs and gradients with respect to all that training changes. */
export interface ParameterModel {
  readonly model: Uint8Array;
  readonly image: ImageInput;
  /** The input that takes ∂s/∂y [n, outputs…]. */
  readonly seed: string;
  /** Dims of the outputs of one image. */
  readonly outputDims: readonly number[];
  readonly parameters: readonly Parameter[];
  /** Images in one run: one, or what the file is fixed to. */
  readonly batch: number;
}

/** A constant that training changes, and the output that holds ∂s/∂θ. */
export interface Parameter {
  readonly name: string;
  readonly gradient: string;
  /** Numbers in it. */
  readonly size: number;
}

/** Options of parameter gradients; each run takes one image, so there is no batch. */
export type ParameterOptions = Omit<OwnNetworkOptions, 'batch'>;

/**
 * Differentiates an image model with respect to its weights, wherever the file keeps them.
 * @throws NoGradient where an operator on the way has no gradient; an error where there are no weights.
 */
export function parameterModel(model: Model, options: ParameterOptions = {}): ParameterModel {
  const { network, image, output, obstacle, images, dims } = ownNetwork(model, options);
  const inference = inferShapes(network, dims);
  const names = parameters(network.graph, inference);
  if (names.length === 0) throw new Error('no layer with weights was found');
  const outputDims = inference.get(output)?.dims;
  if (outputDims?.[0] !== images)
    throw new Error(`the first axis of output '${output}' [${outputDims ?? '?'}] is not the batch`);
  const derivative = differentiate(network, { wrt: names, of: [output] });
  return {
    model: writeModel(derivative.model),
    image,
    seed: derivative.seeds[0],
    outputDims: outputDims.slice(1),
    parameters: names.map((name, i) => ({
      name,
      gradient: derivative.gradients[i],
      size: sizeOf(inference.get(name)!.dims!),
    })),
    batch: obstacle === undefined ? 1 : images,
  };
}

/** Numbers that training changes: P. */
export const parameterCount = ({ parameters: all }: Pick<ParameterModel, 'parameters'>): number =>
  all.reduce((sum, { size }) => sum + size, 0);

/** Gradients of a model with respect to its weights, one image at a time. */
export class ParameterGradients {
  readonly model: ParameterModel;
  /** Numbers that the model gives for one image. */
  readonly outputs: number;
  private readonly session: Session;
  private readonly positions: Uint32Array;

  constructor(session: Session, model: ParameterModel) {
    this.session = session;
    this.model = model;
    this.outputs = sizeOf(model.outputDims);
    this.positions = pixelPositions(model.image, model.image.layout);
  }

  /**
   * Writes ∂f_k/∂θ at an image, parameters one after the other.
   * @param image [C·H·W]; @param out [P].
   * @throws NotFinite where a gradient is not finite.
   */
  async write(image: Float32Array, k: number, out: Float32Array): Promise<void> {
    const seed = new Float32Array(this.outputs);
    seed[k] = 1;
    return this.writeAlong(image, seed, out);
  }

  /**
   * Writes ∂s/∂θ at an image for s = Σ along · f, parameters one after the other.
   * @param along [outputs]; @param out [P].
   * @throws NotFinite where a gradient is not finite.
   */
  async writeAlong(image: Float32Array, along: Float32Array, out: Float32Array): Promise<void> {
    const { image: shape, seed, outputDims, batch, parameters: all } = this.model;
    // where the file fixes the batch, images of zeros with seeds of zero add nothing
    const images = new Float32Array(batch * pixelsOf(shape));
    this.positions.forEach((at, pixel) => (images[at] = image[pixel]));
    const seeds = new Float32Array(batch * this.outputs);
    seeds.set(along);
    const results = await this.session.run({
      [shape.name]: float32(images, batchOf(batch, shape, shape.layout)),
      [seed]: float32(seeds, [batch, ...outputDims]),
    });
    let start = 0;
    for (const { gradient, size } of all) {
      out.set(results[gradient].data as Float32Array, start);
      start += size;
    }
    const bad = out.find(x => !Number.isFinite(x));
    if (bad !== undefined)
      throw new NotFinite(bad, 'for the gradient of its weights; look at the values of the image');
  }
}
