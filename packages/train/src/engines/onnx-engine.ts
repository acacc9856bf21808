import type { Random } from '@nads/linalg';
import { sizeOf, withGraph, writeModel, floats, type Model } from '@nads/onnx';
import { float32, type Runtime, type Session, type Value, type Values } from '@nads/runtime';
import { stepNames } from '../step/step-names.js';
import { trainingStep, type StepOptions, type TrainingStep } from '../step/training-step.js';
import { dropoutMask } from './dropout-mask.js';
import type { Batch, Engine, State, StepResult } from './engine.js';
import { countCorrect, oneHot } from './one-hot.js';
import { requireFit } from './require-fit.js';

/** Options of an engine. */
export interface OnnxEngineOptions extends StepOptions {
  readonly runtime: Runtime;
  readonly threads?: number;
  /** Where dropout's masks come from. */
  readonly random: Random;
}

/** Images that are predicted at once. */
const predictedAtOnce = 256;

/** Trains by one ONNX graph a step, on onnxruntime. */
export class OnnxEngine implements Engine {
  readonly name: string;
  private readonly model: Model;
  private readonly plan: TrainingStep;
  private readonly options: OnnxEngineOptions;
  private readonly session: Session;
  private arrays: Map<string, Value>;
  private stepsDone = 0;

  /**
   * @param model for evaluation, its first output logits [N, classes].
   * @throws NoGradient where an operator cannot be differentiated.
   */
  static async open(model: Model, options: OnnxEngineOptions): Promise<OnnxEngine> {
    const plan = trainingStep(model, options);
    const { runtime, threads } = options;
    const session = await runtime.createSession(writeModel(plan.model), {
      threads,
      planMemory: false,
    });
    return new OnnxEngine(model, plan, options, session);
  }

  private constructor(
    model: Model,
    plan: TrainingStep,
    options: OnnxEngineOptions,
    session: Session,
  ) {
    this.name = `onnx on ${options.runtime.name}`;
    this.model = model;
    this.plan = plan;
    this.options = options;
    this.session = session;
    this.arrays = new Map(
      [...plan.initial].map(([name, { dims, data }]) => [
        name,
        float32(Float32Array.from(data as Float32Array), dims),
      ]),
    );
  }

  async step({ images, labels }: Batch, rate: number): Promise<StepResult> {
    const count = labels.length;
    const { plan, classes } = this;
    const outputs = await this.session.run({
      ...Object.fromEntries(this.arrays),
      ...this.masks(count),
      ...this.scalars(rate),
      [plan.images]: float32(images, [count, ...this.imageDims]),
      [stepNames.targets]: float32(oneHot(labels, classes), [count, classes]),
    });
    this.arrays = new Map(plan.state.map(({ name, next }) => [name, outputs[next]]));
    this.stepsDone++;
    const logits = outputs[plan.logits].data as Float32Array;
    return { loss: Number(outputs[stepNames.loss].data[0]), correct: countCorrect(logits, labels) };
  }

  async predict(images: Float32Array): Promise<Float32Array> {
    const { runtime, threads } = this.options;
    const session = await runtime.createSession(writeModel(this.trained()), { threads });
    const pixels = sizeOf(this.imageDims);
    const count = images.length / pixels;
    const logits = new Float32Array(count * this.classes);
    for (let first = 0; first < count; first += predictedAtOnce) {
      const some = images.subarray(first * pixels, (first + predictedAtOnce) * pixels);
      const x = float32(some, [some.length / pixels, ...this.imageDims]);
      const outputs = await session.run({ [this.plan.images]: x });
      logits.set(outputs[this.plan.logits].data as Float32Array, first * this.classes);
    }
    await session.release();
    return logits;
  }

  /** The model with the weights as they are now. */
  trained(): Model {
    const initializers = new Map(this.model.graph.initializers);
    for (const [name, { dims, data }] of this.arrays)
      if (initializers.has(name)) initializers.set(name, floats(dims, data as Float32Array));
    return withGraph(this.model, { initializers });
  }

  state(): State {
    return this.arrays as ReadonlyMap<string, Value & { data: Float32Array }>;
  }

  restore(state: State, stepsDone: number): void {
    requireFit(this.state(), state);
    this.arrays = new Map(
      [...this.arrays.keys()].map(name => {
        const { dims, data } = state.get(name)!;
        return [name, float32(Float32Array.from(data), dims)];
      }),
    );
    this.stepsDone = stepsDone;
  }

  async close(): Promise<void> {
    await this.session.release();
  }

  private get imageDims(): number[] {
    return this.model.graph.inputs[0].dims!.slice(1).map(Number);
  }

  private get classes(): number {
    return Number(this.model.graph.outputs[0].dims![1]);
  }

  private scalars(rate: number): Values {
    const all = { [stepNames.rate]: rate, [stepNames.step]: this.stepsDone + 1 };
    const read = Object.entries(all).filter(([name]) => this.session.inputs.includes(name));
    return Object.fromEntries(
      read.map(([name, value]) => [name, float32(Float32Array.of(value), [])]),
    );
  }

  private masks(count: number): Values {
    const random = this.options.random.fork(this.stepsDone);
    return Object.fromEntries(
      this.plan.masks.map(({ name, rate, dims: perImage }) => {
        const dims = [count, ...perImage];
        return [name, float32(dropoutMask(sizeOf(dims), rate, random.fork(name)), dims)];
      }),
    );
  }
}
