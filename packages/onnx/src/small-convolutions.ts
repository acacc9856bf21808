import { Algebra } from './algebra/algebra.js';
import { node as makeNode } from './graph.js';
import { withGraph, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';

/**
 * The same model with each convolution over few positions as one product over the batch. For 512 channels onnxruntime does so in
 * a quarter of the time at 2×2 positions, in four fifths at 4×4.
 * @param variables initializers that will become inputs.
 */
export function smallConvolutions(model: Model, variables: readonly string[] = []): Model {
  const { graph } = model;
  const g = new Algebra(withGraph(model, { nodes: [] }), operatorOf, variables);
  g.reserve(graph.nodes.flatMap(({ outputs }) => outputs));
  for (const one of graph.nodes) {
    const product = operatorOf(one)?.asProduct?.(g, one);
    g.keep(product === undefined ? one : makeNode('Identity', [product], one.outputs));
  }
  return withGraph(model, g.finish());
}
