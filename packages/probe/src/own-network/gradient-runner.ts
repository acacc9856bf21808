import { batchOf, pixelPositions, pixelsOf } from '@nads/basis';
import { Random } from '@nads/linalg';
import { sizeOf } from '@nads/onnx';
import { float32, type Session } from '@nads/runtime';
import { agree } from '../estimator/secants/agree.js';
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
  private readonly positions: Uint32Array;

  /**
   * A runner for a model as it is; if its outputs depend on the other images of the batch, each image gets its own run.
   */
  static async open(session: Session, model: GradientModel): Promise<GradientRunner> {
    const runner = new GradientRunner(session, model);
    if (model.obstacle !== undefined || model.batch === 1 || (await runner.isIndependent()))
      return runner;
    const obstacle = 'the images of a batch influence each other';
    return new GradientRunner(session, { ...model, batch: 1, obstacle });
  }

  constructor(session: Session, model: GradientModel) {
    this.session = session;
    this.model = model;
    this.outputs = sizeOf(model.outputDims);
    this.positions = pixelPositions(model.image, model.image.layout);
  }

  /**
   * Outputs and gradients of images with a seed on the outputs of each.
   * @param images [n × C·H·W]; @param seeds [n × outputs].
   * @throws NotFinite where a gradient is not finite.
   */
  async run(images: Float32Array, seeds: Float32Array): Promise<InputGradients> {
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
    const bad = all.gradients.find(x => !Number.isFinite(x));
    if (bad !== undefined)
      throw new NotFinite(bad, 'for the gradient of an image; look at its values');
    return all;
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
    const { image, seed, output, gradient, outputDims, batch, obstacle } = this.model;
    const count = images.length / pixelsOf(image);
    const rows = obstacle === undefined ? count : batch;
    const placed = new Float32Array(rows * pixelsOf(image));
    for (let i = 0; i < count; i++)
      this.positions.forEach((at, pixel) => {
        placed[i * this.positions.length + at] = images[i * this.positions.length + pixel];
      });
    const seeded = new Float32Array(rows * this.outputs);
    seeded.set(seeds);
    const results = await this.session.run({
      [image.name]: float32(placed, batchOf(rows, image, image.layout)),
      [seed]: float32(seeded, [rows, ...outputDims]),
    });
    return {
      outputs: results[output].data as Float32Array,
      gradients: results[gradient].data as Float32Array,
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
