import type { Value } from '../algebra/builder.js';
import { FreshNames, valueNames } from '../fresh-names.js';
import { type Graph, reads } from '../graph.js';
import { withGraph, type Model } from '../model.js';
import { differentiate, type Differentiation } from './differentiate.js';

/** A model of products with a Jacobian, and the names of its seeds and results, in the order requested. */
export interface JacobianVector {
  readonly model: Model;
  /** Inputs that hold v, of the dims of x: `tangent/x`, with a number behind it where that name is taken. */
  readonly tangents: readonly Value[];
  /** Outputs that hold J·v, of the dims of y: `tangent/y`, likewise. */
  readonly products: readonly Value[];
}

/**
 * Forward mode (Jacobian–vector product): the model that computes J·v = Σ ∂y/∂x · v. Reverse mode gives
 * Jᵀ·u, which is linear in u; its gradient with respect to u is J·v, and no longer depends on u. So every
 * operator that has a rule for reverse mode has forward mode.
 * @throws NoGradient as `differentiate`.
 */
export function jacobianVector(
  model: Model,
  { wrt, of = [model.graph.outputs[0].name] }: Pick<Differentiation, 'wrt' | 'of'>,
): JacobianVector {
  const backward = differentiate(model, { wrt, of, prefixes: { seed: 'u', gradient: 'vector' } });
  const forward = differentiate(backward.model, {
    wrt: backward.seeds,
    of: backward.gradients,
    prefixes: { seed: 'tangent', gradient: 'product' },
  });
  const fresh = new FreshNames(valueNames(forward.model.graph));
  const [tangents, products] = [wrt, of].map(values =>
    values.map(value => fresh.take(`tangent/${value}`)),
  );
  const names = new Map<Value, Value>([
    ...forward.seeds.map((seed, i) => [seed, tangents[i]] as const),
    ...forward.gradients.map((product, i) => [product, products[i]] as const),
  ]);
  const graph = withoutInputs(forward.model.graph, new Set(backward.seeds));
  return {
    model: withGraph(forward.model, renamed(graph, names)),
    tangents,
    products,
  };
}

/** The graph without inputs that nothing reads. @throws where something does. */
function withoutInputs(graph: Graph, dropped: ReadonlySet<Value>): Graph {
  const reader = graph.nodes.find(node => reads(node).some(name => dropped.has(name)));
  if (reader)
    throw new Error(
      `the product still depends on the vector of reverse mode at '${reader.name}' (${reader.operator})`,
    );
  return { ...graph, inputs: graph.inputs.filter(({ name }) => !dropped.has(name)) };
}

function renamed(graph: Graph, names: ReadonlyMap<Value, Value>): Graph {
  const rename = (name: Value): Value => names.get(name) ?? name;
  const renameAll = <T extends { readonly name: string }>(list: readonly T[]): T[] =>
    list.map(info => ({ ...info, name: rename(info.name) }));
  return {
    ...graph,
    nodes: graph.nodes.map(node => ({
      ...node,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
    })),
    inputs: renameAll(graph.inputs),
    outputs: renameAll(graph.outputs),
  };
}
