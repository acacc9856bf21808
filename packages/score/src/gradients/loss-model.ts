import {
  Algebra,
  differentiate,
  floats,
  operatorOf,
  withGraph,
  type Derivative,
  type Model,
  type ValueInfo,
} from '@nads/onnx';
import type { ScoredNetwork } from '../network/scored-network.js';

/** Name of the input that holds one 1 in the row of each image, [N, classes], and of the mean cross-entropy, a scalar. */
export const [targets, loss] = ['nads/targets', 'nads/loss'];

/** The network with its mean cross-entropy over the batch as only output. */
export function withLoss({ network, output }: ScoredNetwork): Model {
  const info = network.graph.outputs.find(({ name }) => name === output)!;
  const first = new Algebra(network, operatorOf);
  const dims = first.dims(output).map(size => size ?? 'N');
  const input: ValueInfo = { ...info, name: targets, dims };
  const inputs = [...network.graph.inputs, input];
  const g = new Algebra(withGraph(network, { inputs }), operatorOf);
  const logProbabilities = g.op('LogSoftmax', [output], { axis: -1 });
  const each = g.reduceSum(g.mul(targets, logProbabilities), [1], false);
  g.named(g.neg(g.op('ReduceMean', [each], { keepdims: 0 })), loss);
  const outputs: ValueInfo[] = [{ name: loss, type: 'float32', dims: [] }];
  return withGraph(network, { ...g.finish(), inputs, outputs });
}

/** Derivatives of the loss, kept beside it: its seed is the constant 1. */
export function lossGradients(model: Model, wrt: readonly string[]): Derivative {
  const derivative = differentiate(model, { wrt, of: [loss], keepOutputs: true });
  const [seed] = derivative.seeds;
  return { ...derivative, model: withConstant(derivative.model, seed) };
}

function withConstant(model: Model, name: string): Model {
  const { inputs, initializers } = model.graph;
  return withGraph(model, {
    inputs: inputs.filter(input => input.name !== name),
    initializers: new Map([...initializers, [name, floats([], [1])]]),
  });
}
