import {
  Algebra,
  differentiate,
  floats,
  integers,
  node as nodeOf,
  operatorOf,
  prune,
  withGraph,
  writeModel,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';
import type { AnalysedNetwork } from './analysed-network.js';

/** A model of H·v, H the second derivatives of the mean cross-entropy by gates that multiply all filters. */
export interface GateModel {
  readonly model: Uint8Array;
  readonly images: string;
  /** The input that takes a row with a single 1 at each image's class, [N, classes]. */
  readonly targets: string;
  /** Inputs that take the gates, a vector of ones for each list of filters. */
  readonly gates: readonly string[];
  /** Inputs that take v, a vector for each list of filters. */
  readonly along: readonly string[];
  /** Outputs that hold H·v, a vector for each list of filters. */
  readonly products: readonly string[];
}

const [targets, loss] = ['nads/targets', 'nads/loss'];

/**
 * Multiplies every filter by a gate of 1 and differentiates twice by the gates (Pearlmutter 1994).
 * @throws NoGradient where an operator on the way has none, naming it.
 */
export function gateModel(analysed: AnalysedNetwork): GateModel {
  const gates = analysed.filters.map((_, i) => `nads/gate${i}`);
  const gated = withLoss(withGates(analysed, gates), analysed.output);
  const first = differentiate(gated, { wrt: gates, of: [loss] });
  const second = differentiate(withOne(first.model, first.seeds[0]), {
    wrt: gates,
    of: first.gradients,
    prefixes: { seed: 'along', gradient: 'product' },
  });
  return {
    model: writeModel(second.model),
    images: analysed.image.name,
    targets,
    gates,
    along: second.seeds,
    products: second.gradients,
  };
}

/** The network with a gate behind every filter. */
function withGates({ network, filters }: AnalysedNetwork, gates: readonly string[]): Model {
  const constants = new Map<string, Tensor>(network.graph.initializers);
  const passed = new Map<string, string>();
  const gatesBehind = (name: string): Node[] => {
    const i = filters.findIndex(({ value }) => value === name);
    if (i < 0) return [];
    const { axis } = filters[i];
    const [shape, wide, result] = ['shape', 'wide', 'gated'].map(part => `${gates[i]}/${part}`);
    // one axis for channels, and as many of size 1 behind it as the value has
    constants.set(
      shape,
      integers([-1, ...Array<number>(axis === 1 ? ranksBehind(network, name) : 0).fill(1)]),
    );
    passed.set(name, result);
    return [nodeOf('Reshape', [gates[i], shape], [wide]), nodeOf('Mul', [name, wide], [result])];
  };
  const nodes = network.graph.nodes.flatMap(node => [
    { ...node, inputs: node.inputs.map(name => passed.get(name) ?? name) },
    ...node.outputs.flatMap(gatesBehind),
  ]);
  const inputs = gates.map(
    (name, i) => ({ name, type: 'float32', dims: [filters[i].size] }) as const,
  );
  return withGraph(network, {
    nodes,
    initializers: constants,
    inputs: [...network.graph.inputs, ...inputs],
  });
}

/** Axes of a value behind the second one. */
const ranksBehind = (network: Model, name: string): number =>
  new Algebra(network, operatorOf).dims(name).length - 2;

/** The network with its mean cross-entropy for only output. */
function withLoss(network: Model, output: string): Model {
  const info = network.graph.outputs.find(({ name }) => name === output)!;
  const dims = new Algebra(network, operatorOf).dims(output).map(size => size ?? 'N');
  const inputs = [...network.graph.inputs, { ...info, name: targets, dims }];
  const g = new Algebra(withGraph(network, { inputs }), operatorOf);
  const logProbabilities = g.op('LogSoftmax', [output], { axis: -1 });
  const each = g.reduceSum(g.mul(targets, logProbabilities), [1], false);
  g.named(g.neg(g.op('ReduceMean', [each], { keepdims: 0 })), loss);
  const outputs = [{ name: loss, type: 'float32', dims: [] }] as const;
  return prune(withGraph(network, { ...g.finish(), inputs, outputs }));
}

/** The model with 1 for its seed. */
const withOne = (model: Model, seed: string): Model =>
  withGraph(model, {
    inputs: model.graph.inputs.filter(({ name }) => name !== seed),
    initializers: new Map([...model.graph.initializers, [seed, floats([], [1])]]),
  });
