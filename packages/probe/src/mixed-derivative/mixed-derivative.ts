import { batchOf, pixelPositions, pixelsOf } from '@nads/basis';
import { sizeOf } from '@nads/onnx';
import { float32, type Session, type Value, type Values } from '@nads/runtime';
import { NotFinite } from '../not-finite/not-finite.js';
import type { MixedModel, ProductModel } from './mixed-model.js';

/** Sessions of the two models of a mixed derivative. */
export interface MixedSessions {
  readonly forward: Session;
  readonly backward: Session;
}

/** Products with M = ∂²f/∂θ∂x [P × D] at a point, f one output of a network. */
export class MixedDerivative {
  readonly model: MixedModel;
  private readonly sessions: MixedSessions;
  private readonly output: number;
  private readonly positions: Uint32Array;

  /** @param output which output is f. */
  constructor(sessions: MixedSessions, model: MixedModel, output = 0) {
    this.sessions = sessions;
    this.model = model;
    this.output = output;
    this.positions = pixelPositions(model.image, model.image.layout);
  }

  /** M v for an image v [C·H·W]: an array for each parameter. */
  async times(point: Float32Array, v: ArrayLike<number>): Promise<readonly Value[]> {
    const { forward } = this.model;
    const results = await this.sessions.forward.run({
      ...this.inputs(point, forward),
      [forward.vectors[0]]: this.asBatch(v),
    });
    return forward.products.map(name => results[name]);
  }

  /** Mᵀ u for arrays u as `times` gives them: an image [C·H·W]. */
  async transposedTimes(point: Float32Array, u: readonly Value[]): Promise<Float32Array> {
    const { backward } = this.model;
    const results = await this.sessions.backward.run({
      ...this.inputs(point, backward),
      ...Object.fromEntries(backward.vectors.map((name, i) => [name, u[i]])),
    });
    const data = results[backward.products[0]].data as Float32Array;
    return Float32Array.from(this.positions, at => data[at]);
  }

  /** MᵀM v. @throws NotFinite where it is not finite. */
  async gramTimes(point: Float32Array, v: ArrayLike<number>): Promise<Float32Array> {
    const product = await this.transposedTimes(point, await this.times(point, v));
    const bad = product.find(x => !Number.isFinite(x));
    if (bad !== undefined)
      throw new NotFinite(bad, 'for its mixed derivative at the point; try another `init`');
    return product;
  }

  /** The point and the choice of the output; if the file fixes the batch, other images have no influence. */
  private inputs(point: Float32Array, { seed }: ProductModel): Values {
    const { image, outputDims, batch } = this.model;
    const seeds = new Float32Array(batch * sizeOf(outputDims));
    seeds[this.output] = 1;
    return {
      [image.name]: this.asBatch(point),
      [seed]: float32(seeds, [batch, ...outputDims]),
    };
  }

  /** An image as the first of a batch, in the model's order of axes. */
  private asBatch(values: ArrayLike<number>): Value {
    const { image, batch } = this.model;
    const images = new Float32Array(batch * pixelsOf(image));
    this.positions.forEach((at, pixel) => (images[at] = values[pixel]));
    return float32(images, batchOf(batch, image, image.layout));
  }
}
