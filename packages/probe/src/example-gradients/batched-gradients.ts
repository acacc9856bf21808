import { pixelsOf } from '@nads/basis';
import {
  exampleGradients,
  inferShapes,
  sizeOf,
  writeModel,
  type ExamplePart,
  type Inference,
} from '@nads/onnx';
import { float32, type RowPart, type Runtime, type Session, type Values } from '@nads/runtime';
import { ownNetworkBatch } from '../own-network/own-network-batch.js';
import type { OwnNetwork } from '../own-network/own-network.js';
import { placedImages } from '../own-network/placed-images.js';
import type { GradientSource } from './gradient-source.js';

/** A derivative that gives the gradients of all images of a batch, ready to run. */
interface Batched {
  readonly own: OwnNetwork;
  readonly session: Session;
  readonly seed: string;
  /** Dims of the outputs of one image. */
  readonly outputDims: readonly number[];
  readonly parts: readonly ExamplePart[];
  readonly inference: Inference;
  /** Images in one run. */
  readonly batch: number;
}

/** Gradients of many images from one run. */
export class BatchedGradients implements GradientSource {
  readonly size: number;
  private readonly network: Batched;

  /**
   * @returns undefined where the file fixes the batch, or a layer has no rule for gradients of each image.
   * @throws NoGradient where an operator on the way has no gradient.
   */
  static async open(own: OwnNetwork, runtime: Runtime): Promise<BatchedGradients | undefined> {
    const { network, output, obstacle, dims } = own;
    const found = obstacle === undefined ? exampleGradients(network, dims) : undefined;
    if (!found) return undefined;
    const { model, seed, parts } = found;
    const outputDims = inferShapes(network, dims).get(output)!.dims!;
    const inference = inferShapes(model, { ...dims, [seed]: outputDims });
    const batch = ownNetworkBatch(own, model, inference, undefined);
    const session = await runtime.createSession(writeModel(model));
    const rest = outputDims.slice(1);
    return new BatchedGradients({ own, session, seed, parts, inference, batch, outputDims: rest });
  }

  constructor(network: Batched) {
    this.network = network;
    this.size = network.parts
      .flatMap(({ left, right }) => (left === undefined ? [right] : [left, right]))
      .reduce((sum, name) => sum + this.sizeOf(name), 0);
  }

  async parts(images: Float32Array, seeds: Float32Array): Promise<readonly RowPart[]> {
    const { own, batch, outputDims, parts } = this.network;
    const [pixels, outputs] = [pixelsOf(own.image), sizeOf(outputDims)];
    const count = images.length / pixels;
    const rows = (name: string): Float32Array => new Float32Array(count * this.sizeOf(name));
    const all = parts.map(({ left, right }) =>
      left === undefined ? { right: rows(right) } : { left: rows(left), right: rows(right) },
    );
    for (let first = 0; first < count; first += batch) {
      const last = Math.min(count, first + batch);
      const results = await this.run(
        images.subarray(first * pixels, last * pixels),
        seeds.subarray(first * outputs, last * outputs),
      );
      parts.forEach(({ left, right }, i) => {
        if (left !== undefined) this.put(results, left, all[i].left!, first);
        this.put(results, right, all[i].right, first);
      });
    }
    return all;
  }

  private run(images: Float32Array, seeds: Float32Array): Promise<Values> {
    const { own, session, seed, outputDims } = this.network;
    const count = images.length / pixelsOf(own.image);
    return session.run({
      [own.image.name]: placedImages(own.image, images),
      [seed]: float32(seeds, [count, ...outputDims]),
    });
  }

  private put(results: Values, name: string, out: Float32Array, first: number): void {
    out.set(results[name].data as Float32Array, first * this.sizeOf(name));
  }

  /** Numbers of one image in an output. */
  private sizeOf(name: string): number {
    return sizeOf(this.network.inference.get(name)!.dims!.slice(1));
  }

  release(): Promise<void> {
    return this.network.session.release();
  }
}
