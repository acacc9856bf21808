import {
  Algebra,
  differentiate,
  inferShapes,
  operatorOf,
  prune,
  withGraph,
  writeModel,
  type Derivative,
  type ImageInput,
  type Model,
} from '@nads/onnx';
import type { ScoredNetwork } from '../network/scored-network.js';
import { loss, lossGradients, targets, withLoss } from './loss-model.js';
import { scoredLayers, type ScoredLayer } from './scored-layers.js';

/** A model of the loss and of what its derivatives say of weights and layers. */
export interface WeightModel {
  readonly model: Uint8Array;
  readonly image: ImageInput;
  readonly batch: number;
  readonly classes: number;
  /** The input that takes a row with a single 1 for each image. */
  readonly targets: string;
  /** The output that holds the mean cross-entropy over the batch. */
  readonly loss: string;
  readonly weights: readonly ScoredWeight[];
  readonly layers: readonly ScoredOutput[];
}

/** The weights of a layer, or of several that share them. */
export interface ScoredWeight {
  readonly values: Float32Array;
  /** The output that holds g = ∂L/∂w. */
  readonly gradient: string;
  /** The output that holds H·g, H the second derivatives of L by the weights of all layers; where it was asked for. */
  readonly curvature?: string;
}

/** What a layer gives. */
export interface ScoredOutput {
  readonly channels: number;
  /** Weights that belong to a channel. */
  readonly weightsPerChannel: number;
  /** The output that holds Σ a·∂L/∂a over positions, a the output of the layer: [batch, channels]. */
  readonly sensitivity: string;
}

/**
 * Differentiates the mean cross-entropy by weights and outputs of convolutions and linear layers, and once more along its
 * gradient: H·g = ∂⟨g, ∂L/∂w⟩/∂w with g held fixed (Pearlmutter 1994).
 * @param options.curvature false leaves H·g out, which takes as long as all else.
 * @throws NoGradient where an operator on the way has none, naming it.
 */
export function weightModel(scored: ScoredNetwork, { curvature = true } = {}): WeightModel {
  const { image, batch } = scored;
  const layers = scoredLayers(scored);
  const names = [...new Set(layers.map(({ weight }) => weight))];
  const first = lossGradients(withLoss(scored), [...names, ...layers.map(({ output }) => output)]);
  const second = curvature ? alongGradient(first, names) : undefined;
  const { model: whole } = second ?? first;
  const g = new Algebra(whole, operatorOf);
  const found = layers.map((layer, i) => scoredOutput(g, layer, first.gradients[names.length + i]));
  const weights = names.map((name, i) => ({
    values: layers.find(({ weight }) => weight === name)!.values,
    gradient: first.gradients[i],
    curvature: second?.gradients[i],
  }));
  const wanted = [
    loss,
    ...weights.map(({ gradient }) => gradient),
    ...(second?.gradients ?? []),
    ...found.map(({ sensitivity }) => sensitivity),
  ];
  const model = writeModel(withOutputs(whole, g, wanted));
  const [, classes] = inferShapes(scored.network, scored.dims).get(scored.output)!.dims!;
  return { model, image, batch, classes, targets, loss, weights, layers: found };
}

/** H·g beside the gradients: their own values are the seeds of their derivatives. */
function alongGradient(first: Derivative, names: readonly string[]): Derivative {
  const gradients = first.gradients.slice(0, names.length);
  const second = differentiate(first.model, {
    wrt: names,
    of: gradients,
    keepOutputs: true,
    prefixes: { seed: 'along', gradient: 'curvature' },
  });
  const along = new Map(second.seeds.map((seed, i) => [seed, gradients[i]]));
  const { nodes, inputs } = second.model.graph;
  const model = withGraph(second.model, {
    nodes: nodes.map(one => ({
      ...one,
      inputs: one.inputs.map(name => along.get(name) ?? name),
    })),
    inputs: inputs.filter(({ name }) => !along.has(name)),
  });
  return { ...second, model };
}

function scoredOutput(g: Algebra, layer: ScoredLayer, gradient: string): ScoredOutput {
  const { output, outputDims, channelAxis, values } = layer;
  const positions = outputDims.flatMap((_, axis) =>
    axis === 0 || axis === channelAxis ? [] : [axis],
  );
  const sums = g.reduceSum(g.mul(output, gradient), positions, false);
  const channels = outputDims[channelAxis];
  return {
    channels,
    weightsPerChannel: values.length / channels,
    sensitivity: g.named(sums, `sensitivity/${output}`),
  };
}

const withOutputs = (model: Model, g: Algebra, names: readonly string[]): Model =>
  prune(
    withGraph(model, {
      ...g.finish(),
      outputs: names.map(name => ({ name, type: 'float32' }) as const),
    }),
  );
