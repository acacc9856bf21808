import {
  Algebra,
  differentiate,
  inferShapes,
  node as makeNode,
  operatorOf,
  prune,
  weights,
  withGraph,
  writeModel,
  type ImageInput,
  type Model,
  type Node,
  type Weight,
} from '@nads/onnx';
import { normalises } from '../network/batch-statistics.js';
import type { ScoredNetwork } from '../network/scored-network.js';

/** A model of how much flows through each weight of a network whose parameters are all made positive. */
export interface FlowModel {
  readonly model: Uint8Array;
  readonly image: ImageInput;
  readonly batch: number;
  /** The input of a number that multiplies all biases. */
  readonly factor: string;
  /** The input of what multiplies the outputs, of these dims. */
  readonly seed: string;
  readonly seedDims: readonly number[];
  /** Outputs that hold Σ |w|·∂R/∂|w| of the weights of a layer, R the sum of all outputs: scalars. */
  readonly flows: readonly string[];
}

const factor = 'nads/factor';

/**
 * Makes every parameter its absolute value, leaves batch normalisation out, and differentiates the sum of outputs by the weights of
 * convolutions and linear layers.
 * @param scored with batch normalisation in evaluation.
 * @throws NoGradient where an operator on the way has none, naming it.
 */
export function flowModel({ network, image, output, batch, dims }: ScoredNetwork): FlowModel {
  const { model, names } = positive(network, dims);
  const derivative = differentiate(model, { wrt: names, of: [output], keepOutputs: true });
  const g = new Algebra(derivative.model, operatorOf);
  const flows = names.map((name, i) =>
    g.named(g.total(g.mul(name, derivative.gradients[i])), `flow/${name}`),
  );
  const outputs = flows.map(name => ({ name, type: 'float32', dims: [] }) as const);
  return {
    model: writeModel(prune(withGraph(derivative.model, { ...g.finish(), outputs }))),
    image,
    batch,
    factor,
    seed: derivative.seeds[0],
    seedDims: inferShapes(network, dims).get(output)!.dims!,
    flows,
  };
}

/** The network with positive parameters, and the values that hold those of convolutions and linear layers. */
function positive(
  network: Model,
  dims: ScoredNetwork['dims'],
): { readonly model: Model; readonly names: readonly string[] } {
  const { graph } = network;
  const inputs = [...graph.inputs, { name: factor, type: 'float32', dims: [] } as const];
  const g = new Algebra(withGraph(network, { nodes: [], inputs }), operatorOf);
  g.reserve(graph.nodes.flatMap(({ outputs }) => outputs));
  const all = weights(graph, inferShapes(network, dims));
  const names = new Set<string>();
  for (const one of graph.nodes) {
    const own = all.filter(({ node }) => node === one);
    g.keep(normalises(one) ? withoutStatistics(one) : withPositive(g, one, own, names));
  }
  return { model: withGraph(network, { ...g.finish(), inputs }), names: [...names] };
}

const withoutStatistics = ({ inputs, outputs }: Node): Node =>
  makeNode('Identity', [inputs[0]], [outputs[0]]);

function withPositive(g: Algebra, one: Node, own: readonly Weight[], names: Set<string>): Node {
  const inputs = [...one.inputs];
  for (const { input, role, kind } of own) {
    const value = g.abs(inputs[input]);
    const adds = role === 'bias' || role === 'shift';
    inputs[input] = adds ? g.mul(value, factor) : value;
    if (role === 'weight' && kind !== 'prelu' && kind !== 'norm') names.add(value);
  }
  return { ...one, inputs };
}
