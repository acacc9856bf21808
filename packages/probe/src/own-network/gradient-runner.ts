import { batchOf, pixelPositions, pixelsOf } from '@nads/basis';
import { Random } from '@nads/linalg';
import { sizeOf } from '@nads/onnx';
import { float32, type Runtime, type Session, type Values } from '@nads/runtime';
import { agree } from '../estimator/secants/agree.js';
import { notFiniteNode } from '../not-finite/not-finite-node.js';
import { NotFinite } from '../not-finite/not-finite.js';
import type { GradientModel } from './gradient-model.js';

/** Outputs and gradients of some images. */
export interface InputGradients {
  /** [n × outputs], row-major. */
  readonly outputs: Float32Array;
  /** ∂s/∂x, s = Σ seed · outputs: [n × C·H·W], row-major. */
  readonly gradients: Float32Array;
}

/** Runs a gradient model on any number of images, in runs of the size that suits it. */
export class GradientRunner {
  readonly model: GradientModel;
  /** Numbers that the model gives for one image. */
  readonly outputs: number;
  private readonly session: Session;
  private readonly runtime: Runtime | undefined;
  private readonly positions: Uint32Array;

  /**
   * A runner for a model as it is; if its outputs depend on the other images of the batch, each image gets its own run.
   * @param runtime finds the node where numbers are not finite; without it none is named.
   */
  static async open(
    session: Session,
    model: GradientModel,
    runtime?: Runtime,
  ): Promise<GradientRunner> {
    const runner = new GradientRunner(session, model, runtime);
    if (model.obstacle !== undefined || model.batch === 1 || (await runner.isIndependent()))
      return runner;
    const obstacle = 'the images of a batch influence each other';
    return new GradientRunner(session, { ...model, batch: 1, obstacle }, runtime);
  }

  constructor(session: Session, model: GradientModel, runtime?: Runtime) {
    this.session = session;
    this.runtime = runtime;
    this.model = model;
    this.outputs = sizeOf(model.outputDims);
    this.positions = pixelPositions(model.image, model.image.layout);
  }

  /**
   * Outputs and gradients of images with a seed on the outputs of each.
   * @param images [n × C·H·W]; @param seeds [n × outputs].
   * @param nameOf names an image in errors.
   * @throws NotFinite where a gradient is not finite, naming the image and the node.
   */
  async run(
    images: Float32Array,
    seeds: Float32Array,
    nameOf = (index: number): string => `image ${index}`,
  ): Promise<InputGradients> {
    const pixels = this.positions.length;
    const count = images.length / pixels;
    const all = {
      outputs: new Float32Array(count * this.outputs),
      gradients: new Float32Array(images.length),
    };
    for (let first = 0; first < count; first += this.model.batch) {
      const last = Math.min(count, first + this.model.batch);
      const part = await this.runBatch(
        images.subarray(first * pixels, last * pixels),
        seeds.subarray(first * this.outputs, last * this.outputs),
      );
      all.outputs.set(
        part.outputs.subarray(0, (last - first) * this.outputs),
        first * this.outputs,
      );
      this.collect(part.gradients, last - first, all.gradients.subarray(first * pixels));
    }
    const bad = all.gradients.findIndex(x => !Number.isFinite(x));
    if (bad < 0) return all;
    const index = Math.floor(bad / pixels);
    const image = images.slice(index * pixels, (index + 1) * pixels);
    const seed = seeds.slice(index * this.outputs, (index + 1) * this.outputs);
    throw await this.notFinite(all.gradients[bad], nameOf(index), image, seed);
  }

  private async notFinite(
    value: number,
    name: string,
    image: Float32Array,
    seed: Float32Array,
  ): Promise<NotFinite> {
    const circumstances = `for ${name}, whose values are ${rangeOf(image)}; leave it out, or change it`;
    const error = new NotFinite(value, circumstances);
    const { runtime, model } = this;
    if (!runtime) return error;
    return error.at(await notFiniteNode(runtime, model.model, {}, [this.feedsOf(image, seed)]));
  }

  /** Whether an image has the same gradient alone as beside another; noise stands for both. */
  private async isIndependent(): Promise<boolean> {
    const pixels = this.positions.length;
    const images = new Float32Array(2 * pixels);
    new Random('trial').fillUniform(images, 0, 1);
    const seeds = new Float32Array(2 * this.outputs).fill(1);
    const [together, alone] = [await this.runBatch(images, seeds), await this.runAlone(images)];
    return agree(alone, together.gradients.subarray(0, pixels));
  }

  private async runAlone(images: Float32Array): Promise<Float32Array> {
    const seeds = new Float32Array(this.outputs).fill(1);
    return (await this.runBatch(images.slice(0, this.positions.length), seeds)).gradients;
  }

  /** One run; where the batch is fixed, what is missing stays zero. */
  private async runBatch(images: Float32Array, seeds: Float32Array): Promise<InputGradients> {
    const { output, gradient } = this.model;
    const results = await this.session.run(this.feedsOf(images, seeds));
    return {
      outputs: results[output].data as Float32Array,
      gradients: results[gradient].data as Float32Array,
    };
  }

  private feedsOf(images: Float32Array, seeds: Float32Array): Values {
    const { image, seed, outputDims, batch, obstacle } = this.model;
    const count = images.length / pixelsOf(image);
    const rows = obstacle === undefined ? count : batch;
    const placed = new Float32Array(rows * pixelsOf(image));
    for (let i = 0; i < count; i++)
      this.positions.forEach((at, pixel) => {
        placed[i * this.positions.length + at] = images[i * this.positions.length + pixel];
      });
    const seeded = new Float32Array(rows * this.outputs);
    seeded.set(seeds);
    return {
      [image.name]: float32(placed, batchOf(rows, image, image.layout)),
      [seed]: float32(seeded, [rows, ...outputDims]),
    };
  }

  /** Gradients in the order of pixels in [C, H, W]. */
  private collect(gradients: Float32Array, count: number, out: Float32Array): void {
    const pixels = this.positions.length;
    for (let i = 0; i < count; i++)
      this.positions.forEach((at, pixel) => {
        out[i * pixels + pixel] = gradients[i * pixels + at];
      });
  }
}

/** The smallest and the largest value of an image, in words. */
function rangeOf(image: Float32Array): string {
  const least = image.reduce((a, b) => Math.min(a, b));
  const most = image.reduce((a, b) => Math.max(a, b));
  return least === most ? `all ${short(least)}` : `${short(least)} to ${short(most)}`;
}

const short = (x: number): string => String(Number(x.toPrecision(3)));
