import { Algebra } from './algebra/algebra.js';
import { node as makeNode } from './graph.js';
import { withGraph, type Model } from './model.js';
import type { Operator } from './operator.js';
import { operatorOf } from './operators/registry.js';

/**
 * The model with nodes in the other form that a facet of their operators gives them.
 * @param variables initializers that will get other values or become inputs.
 */
export function rearranged(
  model: Model,
  variables: readonly string[],
  facet: keyof Pick<Operator, 'asProduct' | 'inDouble' | 'onSmallMaps'>,
): Model {
  const { graph } = model;
  const g = new Algebra(withGraph(model, { nodes: [] }), operatorOf, variables);
  g.reserve(graph.nodes.flatMap(({ outputs }) => outputs));
  let found = false;
  for (const one of graph.nodes) {
    const product = operatorOf(one)?.[facet]?.(g, one);
    found ||= product !== undefined;
    g.keep(product === undefined ? one : makeNode('Identity', [product], one.outputs));
  }
  return found ? withGraph(model, g.finish()) : model;
}
