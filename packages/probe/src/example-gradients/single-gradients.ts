import type { RowPart, Runtime, Session } from '@nads/runtime';
import {
  parameterCount,
  ParameterGradients,
  type ParameterModel,
} from '../tangent-kernel/parameter-gradients.js';
import type { GradientSource } from './gradient-source.js';

/** Gradients of one image after the other, of any model that can be differentiated. */
export class SingleGradients implements GradientSource {
  readonly size: number;
  private readonly gradients: ParameterGradients;
  private readonly session: Session;

  static async open(model: ParameterModel, runtime: Runtime): Promise<SingleGradients> {
    return new SingleGradients(await runtime.createSession(model.model), model);
  }

  constructor(session: Session, model: ParameterModel) {
    this.session = session;
    this.gradients = new ParameterGradients(session, model);
    this.size = parameterCount(model);
  }

  async parts(images: Float32Array, seeds: Float32Array): Promise<readonly RowPart[]> {
    const { outputs } = this.gradients;
    const count = seeds.length / outputs;
    const pixels = images.length / count;
    const right = new Float32Array(count * this.size);
    for (let i = 0; i < count; i++)
      await this.gradients.writeAlong(
        images.subarray(i * pixels, (i + 1) * pixels),
        seeds.subarray(i * outputs, (i + 1) * outputs),
        right.subarray(i * this.size, (i + 1) * this.size),
      );
    return [{ right }];
  }

  release(): Promise<void> {
    return this.session.release();
  }
}
