import {
  Algebra,
  differentiate,
  floats,
  inferShapes,
  operatorOf,
  parameters,
  smallConvolutions,
  withGraph,
  type Model,
  type Tensor,
  type ValueInfo,
} from '@nads/onnx';
import type { Optimizer, Update } from '../optimizers/optimizer.js';
import { decayOf, type DecayOf, type MeasureDecay } from '../measures/measure-decay.js';
import { measuresOf } from '../measures/measures-of.js';
import { stepNames } from './step-names.js';
import {
  trainingForm,
  type BatchNorm,
  type Mask,
  type Running,
  type TrainingForm,
} from './training-form.js';

/** Options of a training step. */
export interface StepOptions {
  readonly optimizer: Optimizer;
  /** The norm of all gradients together is cut down to this (Pascanu, Mikolov & Bengio 2013). */
  readonly clip?: number;
  /** How learnt measures decay; as all weights do if not given. */
  readonly measureDecay?: MeasureDecay;
  /** Whose mean and variance batch normalisation takes: the batch's, or those on file; `training` if not given. */
  readonly batchNorm?: BatchNorm;
}

/** One step of training as a model, and what its inputs and outputs are. */
export interface TrainingStep {
  /**
   * From images, what `stepNames` says, masks, and the state, to the loss, logits, and the new state.
   */
  readonly model: Model;
  /** The input of images. */
  readonly images: string;
  readonly logits: string;
  /** Arrays that a step reads under one name and writes under another: weights, averages, the optimiser's own. */
  readonly state: readonly Running[];
  /** What the state is before the first step. */
  readonly initial: ReadonlyMap<string, Tensor>;
  readonly masks: readonly Mask[];
}

/**
 * Forward pass, cross-entropy, backward pass, clipping and update in one graph: weights come in as inputs and
 * go out changed. Clipping is PyTorch's, a factor min(1, clip / (norm + 1e-6)) before weight decay.
 * @param model for evaluation, its first output logits [N, classes].
 * @throws NoGradient where an operator cannot be differentiated.
 */
export function trainingStep(model: Model, options: StepOptions): TrainingStep {
  const form = trainingForm(model, options.batchNorm);
  const trainable = [...parameters(model.graph, inferShapes(model)), ...measuresOf(model)];
  if (trainable.length === 0) throw new Error('it has no weights that training could change');
  const averages = form.running.map(({ name }) => name);
  const variables = [...trainable, ...averages, ...form.scratch];
  const logits = model.graph.outputs[0].name;
  const gradients = differentiate(withLoss(form, logits, variables), {
    wrt: trainable,
    of: [stepNames.loss],
    keepOutputs: true,
    variables,
    prefixes: { seed: 'seed', gradient: 'slope' },
  });
  const fixed = withOneSeed(gradients.model, gradients.seeds[0]);
  const update = withUpdates(fixed, variables, {
    ...options,
    trainable,
    slopes: gradients.gradients,
  });
  const state = [...update.state, ...form.running];
  return {
    model: withStateOutside(smallConvolutions(update.model, variables), state),
    images: model.graph.inputs[0].name,
    logits,
    state,
    initial: new Map([...update.initial, ...namedOf(form.running, model)]),
    masks: form.masks,
  };
}

/** Behind the logits the mean cross-entropy, −Σ targets · log softmax / N. */
function withLoss(
  { model, masks }: TrainingForm,
  logits: string,
  variables: readonly string[],
): Model {
  const { graph } = model;
  const info = graph.outputs.find(({ name }) => name === logits)!;
  const targets: ValueInfo = { name: stepNames.targets, type: 'float32', dims: info.dims };
  const maskInputs = masks.map(({ name, dims }): ValueInfo => ({
    name,
    type: 'float32',
    dims: ['N', ...dims],
  }));
  const inputs = [...graph.inputs, targets, ...maskInputs];
  const g = new Algebra(withGraph(model, { inputs }), operatorOf, variables);
  const logProbabilities = g.op('LogSoftmax', [logits], { axis: -1 });
  const each = g.reduceSum(g.mul(targets.name, logProbabilities), [1], false);
  g.named(g.neg(g.op('ReduceMean', [each], { keepdims: 0 })), stepNames.loss);
  const loss: ValueInfo = { name: stepNames.loss, type: 'float32', dims: [] };
  return withGraph(model, { ...g.finish(), inputs, outputs: [...graph.outputs, loss] });
}

/** ∂loss/∂loss = 1 needs no input. */
function withOneSeed(model: Model, seed: string): Model {
  const { graph } = model;
  return withGraph(model, {
    inputs: graph.inputs.filter(({ name }) => name !== seed),
    initializers: new Map([...graph.initializers, [seed, floats([], [1])]]),
  });
}

interface UpdateOptions extends StepOptions {
  readonly trainable: readonly string[];
  /** The gradient of each. */
  readonly slopes: readonly string[];
}

interface Updated {
  readonly model: Model;
  readonly state: readonly Running[];
  readonly initial: readonly (readonly [string, Tensor])[];
}

function withUpdates(
  model: Model,
  variables: readonly string[],
  { trainable, slopes, optimizer, clip, measureDecay }: UpdateOptions,
): Updated {
  const { rate, step } = stepNames;
  const scalars = [rate, step].map((name): ValueInfo => ({ name, type: 'float32', dims: [] }));
  const zeros = slotsOf(model, trainable, optimizer);
  const slotInputs = zeros.map(([name, { dims }]): ValueInfo => ({ name, type: 'float32', dims }));
  const inputs = [...model.graph.inputs, ...scalars, ...slotInputs];
  const g = new Algebra(withGraph(model, { inputs }), operatorOf, variables);
  const factor = clip === undefined ? undefined : clippingFactor(g, slopes, clip);
  const state = trainable.flatMap((weight, i) => {
    const slots = optimizer.slots.map(slot => `${slot}/${weight}`);
    const [value, slope, ...flat] = [weight, slopes[i], ...slots].map(name => compact(g, name));
    const gradient = factor === undefined ? slope : g.mul(slope, factor);
    const { dims } = model.graph.initializers.get(weight)!;
    const decay = graphDecay(g, decayOf(weight, dims, measureDecay), g.dims(value));
    const update = { g, weight: value, gradient, rate, step, slots: flat, decay };
    const found = optimizer.update(update);
    return [weight, ...slots].map((name, k) => ({
      name,
      next: g.named(g.reshapeLike(found[k], name), `next/${name}`),
    }));
  });
  const kept = model.graph.outputs.filter(({ name }) => !slopes.includes(name));
  const outputs = [
    ...kept,
    ...state.map(({ next }): ValueInfo => ({ name: next, type: 'float32' })),
  ];
  const weights = trainable.map(name => [name, model.graph.initializers.get(name)!] as const);
  return {
    model: withGraph(model, { ...g.finish(), inputs, outputs }),
    state,
    initial: [...weights, ...zeros],
  };
}

/** A decay whose target is a constant of the graph, of these dims. */
const graphDecay = (
  g: Algebra,
  decay: DecayOf | undefined,
  dims: Parameters<Algebra['reshape']>[1],
): Update['decay'] =>
  decay && {
    strength: decay.strength,
    target: decay.target && g.constant(floats(dims.map(Number), decay.target)),
  };

/**
 * Without the axes of size 1 at the end, for which onnxruntime multiplies by a scalar element by element: 70 times slower.
 */
function compact(g: Algebra, value: string): string {
  const dims = g.dims(value);
  const last = dims.findLastIndex(size => size !== 1);
  return g.reshape(value, dims.slice(0, last + 1));
}

/** min(1, clip / (‖all gradients‖ + 1e-6)), a scalar. */
function clippingFactor(g: Algebra, gradients: readonly string[], clip: number): string {
  const squares = gradients.map(name => g.op('ReduceSumSquare', [name], { keepdims: 0 }));
  const norm = g.sqrt(squares.length === 1 ? squares[0] : g.op('Sum', squares));
  return g.op('Min', [g.div(clip, g.add(norm, 1e-6)), g.scalar(1, norm)]);
}

const slotsOf = (
  { graph }: Model,
  trainable: readonly string[],
  { slots }: Optimizer,
): (readonly [string, Tensor])[] =>
  trainable.flatMap(weight => {
    const { dims, data } = graph.initializers.get(weight)!;
    return slots.map(
      slot => [`${slot}/${weight}`, floats(dims, new Float32Array(data.length))] as const,
    );
  });

/** The state comes in as inputs, and goes out. */
function withStateOutside(model: Model, state: readonly Running[]): Model {
  const { graph } = model;
  const initializers = new Map(graph.initializers);
  const known = new Set(graph.inputs.map(({ name }) => name));
  const inputs = state.flatMap(({ name }): ValueInfo[] => {
    const tensor = initializers.get(name);
    initializers.delete(name);
    return known.has(name) || !tensor ? [] : [{ name, type: 'float32', dims: tensor.dims }];
  });
  const given = new Set(graph.outputs.map(({ name }) => name));
  const outputs = state.flatMap(({ next }): ValueInfo[] =>
    given.has(next) ? [] : [{ name: next, type: 'float32' }],
  );
  return withGraph(model, {
    inputs: [...graph.inputs, ...inputs],
    outputs: [...graph.outputs, ...outputs],
    initializers,
  });
}

const namedOf = (running: readonly Running[], { graph }: Model) =>
  running.map(({ name }) => [name, graph.initializers.get(name)!] as const);
