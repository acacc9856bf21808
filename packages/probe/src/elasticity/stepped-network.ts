import { pixelsOf } from '@nads/basis';
import { sizeOf, type Model } from '@nads/onnx';
import type { Runtime, Value, Values } from '@nads/runtime';
import { placedImages } from '../own-network/placed-images.js';
import type { ParameterOptions } from '../tangent-kernel/parameter-gradients.js';
import { openStepped, type SteppedModel, type Weights } from './stepped-model.js';

/** Images in one run: windows of convolutions lie side by side in memory. */
const atOnce = 16;

/** A network whose weights may take steps. */
export class SteppedNetwork {
  /** Numbers that it gives for one image. */
  readonly outputs: number;
  private readonly model: SteppedModel;

  /** @throws NoGradient where an operator on the way has none. */
  static async open(
    model: Model,
    runtime: Runtime,
    options: ParameterOptions = {},
  ): Promise<SteppedNetwork> {
    return new SteppedNetwork(await openStepped(model, runtime, options));
  }

  private constructor(model: SteppedModel) {
    this.model = model;
    this.outputs = sizeOf(model.outputDims);
  }

  /** The precision in which it is worked out. */
  get precision(): SteppedModel['precision'] {
    return this.model.precision;
  }

  /** Why the precision is not float64. */
  get obstacle(): string | undefined {
    return this.model.obstacle;
  }

  /** Outputs for images [n × C·H·W] with other weights than the file's, where given: [n × outputs]. */
  async outputsOf(
    images: Float32Array,
    weights: Weights = this.model.weights,
  ): Promise<Float64Array> {
    const { own, forward } = this.model;
    const pixels = pixelsOf(own.image);
    const count = images.length / pixels;
    const variables = this.variables(weights);
    const all = new Float64Array(count * this.outputs);
    const batch = own.obstacle === undefined ? atOnce : own.images;
    for (let first = 0; first < count; first += batch) {
      const rows = Math.min(batch, count - first);
      const some = images.subarray(first * pixels, (first + rows) * pixels);
      const results = await forward.run({ ...variables, ...this.images(some) });
      const found = results[own.output].data as Float64Array;
      all.set(found.subarray(0, rows * this.outputs), first * this.outputs);
    }
    return all;
  }

  /** ∂s/∂θ at an image for s = Σ along · outputs. */
  async gradient(image: Float32Array, along: ArrayLike<number>): Promise<Weights> {
    const { backward, weights, gradients, seed, outputDims } = this.model;
    const images = this.images(image);
    const [rows] = images[this.model.own.image.name].dims;
    const seeds = new Float64Array(rows * this.outputs);
    seeds.set(along);
    const results = await backward.run({
      ...images,
      ...this.variables(weights),
      [seed]: this.value(seeds, [rows, ...outputDims]),
    });
    return new Map(
      [...weights].map(([name, { dims }]) => [
        name,
        { dims, data: Float64Array.from(results[gradients.get(name)!].data as Float64Array) },
      ]),
    );
  }

  /** θ + factor · direction. */
  moved(direction: Weights, factor: number): Weights {
    return new Map(
      [...this.model.weights].map(([name, { dims, data }]) => {
        const step = direction.get(name)!.data;
        return [name, { dims, data: data.map((w, i) => w + factor * step[i]) }];
      }),
    );
  }

  async release(): Promise<void> {
    await this.model.forward.release();
    await this.model.backward.release();
  }

  private variables(weights: Weights): Values {
    return Object.fromEntries(
      [...weights].map(([name, { dims, data }]) => [name, this.value(data, dims)]),
    );
  }

  /** Images as the network takes them; where the batch is fixed, what is missing stays zero. */
  private images(images: Float32Array): Values {
    const { image, images: fixed, obstacle } = this.model.own;
    const rows = obstacle === undefined ? images.length / pixelsOf(image) : fixed;
    const filled = new Float32Array(rows * pixelsOf(image));
    filled.set(images);
    const { data, dims } = placedImages(image, filled);
    return { [image.name]: this.value(Float64Array.from(data as Float32Array), dims) };
  }

  private value(data: Float64Array, dims: readonly number[]): Value {
    return this.precision === 'float64'
      ? { type: 'float64', dims, data }
      : { type: 'float32', dims, data: Float32Array.from(data) };
  }
}
