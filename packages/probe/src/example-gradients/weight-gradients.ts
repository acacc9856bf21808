import { pixelsOf } from '@nads/basis';
import { Random } from '@nads/linalg';
import { sizeOf, writeModel, type ImageInput, type Model } from '@nads/onnx';
import type { RowPart, Runtime, Session } from '@nads/runtime';
import { agree } from '../estimator/secants/agree.js';
import { NotFinite } from '../not-finite/not-finite.js';
import { ownNetwork, type OwnNetwork } from '../own-network/own-network.js';
import { placedImages } from '../own-network/placed-images.js';
import {
  parameterCount,
  parameterModel,
  type ParameterModel,
  type ParameterOptions,
} from '../tangent-kernel/parameter-gradients.js';
import { BatchedGradients } from './batched-gradients.js';
import type { GradientSource } from './gradient-source.js';
import { innerProduct } from './inner-product.js';
import { SingleGradients } from './single-gradients.js';

/** Largest relative difference that rounding can make between gradients of an image alone and in a batch. */
const rounding = 1e-3;

/** Images of noise on which both ways are compared. */
const trial = 2;

/** Outputs of a model and their gradients with respect to its weights, at any number of images. */
export class WeightGradients {
  readonly image: ImageInput;
  /** Numbers that the model gives for one image. */
  readonly outputs: number;
  /** Numbers that training changes: P. */
  readonly parameters: number;
  readonly source: GradientSource;
  /** Whether gradients of a batch come from one run. */
  readonly isBatched: boolean;
  private readonly own: OwnNetwork;
  private readonly forward: Session;

  /**
   * Differentiates a model. Gradients of a batch come from one run where all layers have a rule for that and noise gives the same as
   * one image after the other; otherwise each image takes a run.
   * @throws NoGradient where an operator on the way has no gradient; an error where there are no weights, or the images of a batch
   * influence each other.
   */
  static async open(
    model: Model,
    runtime: Runtime,
    options: ParameterOptions = {},
  ): Promise<WeightGradients> {
    const own = ownNetwork(model, options);
    const derivative = parameterModel(model, options);
    const single = await SingleGradients.open(derivative, runtime);
    const batched = await BatchedGradients.open(own, runtime);
    const isBatched = batched !== undefined && (await giveTheSame(batched, single, derivative));
    await (isBatched ? single : batched)?.release();
    const forward = await runtime.createSession(writeModel(own.network));
    const source = isBatched ? batched : single;
    const gradients = new WeightGradients(own, derivative, source, forward, isBatched);
    await gradients.requireIndependence();
    return gradients;
  }

  private constructor(
    own: OwnNetwork,
    derivative: ParameterModel,
    source: GradientSource,
    forward: Session,
    isBatched: boolean,
  ) {
    this.own = own;
    this.image = own.image;
    this.outputs = sizeOf(derivative.outputDims);
    this.parameters = parameterCount(derivative);
    this.source = source;
    this.isBatched = isBatched;
    this.forward = forward;
  }

  /**
   * The outputs for images [n × C·H·W]: [n × outputs].
   * @throws NotFinite where one is not finite, naming the image.
   */
  async outputsOf(
    images: Float32Array,
    nameOf = (index: number): string => `image ${index}`,
  ): Promise<Float32Array> {
    const { images: size, obstacle } = this.own;
    const pixels = pixelsOf(this.image);
    const count = images.length / pixels;
    const [batch, width] = [obstacle === undefined ? 64 : size, this.outputs];
    const all = new Float32Array(count * width);
    for (let first = 0; first < count; first += batch) {
      const some = images.subarray(first * pixels, Math.min(count, first + batch) * pixels);
      const found = await this.run(some, obstacle === undefined ? some.length / pixels : batch);
      all.set(found.subarray(0, (some.length / pixels) * width), first * width);
    }
    const bad = all.findIndex(x => !Number.isFinite(x));
    if (bad < 0) return all;
    throw new NotFinite(all[bad], `for ${nameOf(Math.floor(bad / width))}; leave it out`);
  }

  /** @throws where the first or the last image beside others has other outputs than beside nothing but zeros. */
  private async requireIndependence(): Promise<void> {
    const { obstacle, images: fixed } = this.own;
    const rows = obstacle === undefined ? trial : fixed;
    const noise = new Float32Array(rows * pixelsOf(this.image));
    new Random('order').fillUniform(noise, 0, 1);
    const together = await this.run(noise, rows);
    for (const i of new Set([0, rows - 1])) {
      const alone = await this.run(rowOf(noise, i, pixelsOf(this.image)), rows);
      if (!agree(rowOf(alone, 0, this.outputs), rowOf(together, i, this.outputs)))
        throw new Error(
          'its outputs depend on the other images in a batch; export it for a batch of 1',
        );
    }
  }

  /** One run; where the batch is fixed, what is missing stays zero. */
  private async run(images: Float32Array, rows: number): Promise<Float32Array> {
    const filled = new Float32Array(rows * pixelsOf(this.image));
    filled.set(images);
    const { image, output } = this.own;
    const results = await this.forward.run({ [image.name]: placedImages(image, filled) });
    return results[output].data as Float32Array;
  }

  async release(): Promise<void> {
    await this.forward.release();
    await this.source.release();
  }
}

/** Row i of numbers in rows of a width. */
const rowOf = (numbers: Float32Array, i: number, width: number): Float32Array =>
  numbers.subarray(i * width, (i + 1) * width);

/** Whether gradients of noise have the same inner products both ways. */
async function giveTheSame(
  batched: GradientSource,
  single: GradientSource,
  { image, outputDims }: ParameterModel,
): Promise<boolean> {
  const random = new Random('trial');
  const images = new Float32Array(trial * pixelsOf(image));
  random.fillUniform(images, 0, 1);
  const seeds = new Float32Array(trial * sizeOf(outputDims));
  random.fillNormal(seeds, 0, 1);
  const [found, expected] = [
    await batched.parts(images, seeds),
    await single.parts(images, seeds),
  ].map(gramOf);
  const largest = Math.max(...expected.map(Math.abs));
  return found.every((x, i) => Math.abs(x - expected[i]) <= rounding * largest);
}

const gramOf = (parts: readonly RowPart[]): number[] =>
  Array.from({ length: trial ** 2 }, (_, at) =>
    innerProduct(parts, trial, Math.floor(at / trial), at % trial),
  );
