import { ConstantPaths } from './constant-paths.js';
import { isFloating } from './data-type.js';
import type { Graph, Node } from './graph.js';
import { withGraph, type Model } from './model.js';
import { prune } from './prune.js';
import type { Inference } from './shapes/known.js';
import type { Tensor } from './tensor.js';

/** A value that is computed from constants alone, and that a node reads which is not. */
export interface ComputedConstant {
  readonly name: string;
  readonly readers: readonly Node[];
  /** Names of the constants that it is computed from. */
  readonly constants: readonly string[];
}

/** All floating-point values of a graph that are computed from constants and read by other nodes; those in another order are none. */
export function computedConstants(graph: Graph, inference: Inference): ComputedConstant[] {
  const paths = new ConstantPaths(graph, inference);
  const isComputed = (name: string): boolean =>
    paths.isComputed(name) && isFloating(inference.get(name)?.type);
  const readers = new Map<string, Node[]>();
  for (const node of graph.nodes.filter(({ outputs }) => !outputs.some(paths.isFixed)))
    for (const name of new Set(node.inputs.filter(isComputed)))
      readers.set(name, [...(readers.get(name) ?? []), node]);
  return [...readers].map(([name, nodes]) => {
    const behind = [...paths.constantsBehind(name)].toReversed();
    const constants = behind.filter(one => isFloating(inference.get(one)?.type));
    return { name, readers: nodes, constants };
  });
}

/** The part of a model that computes such values: it needs no inputs, and these are its outputs. */
export function computationOf(model: Model, names: readonly string[]): Model {
  const { graph } = model;
  const inputs = graph.inputs.filter(({ name }) => graph.initializers.has(name));
  const outputs = names.map(name => ({ name }));
  return prune(withGraph(model, { inputs, outputs }));
}

/** A model in which values are initializers, of the same names, that were computed before. */
export function withComputed(model: Model, values: ReadonlyMap<string, Tensor>): Model {
  const { graph } = model;
  const nodes = graph.nodes.filter(({ outputs }) => !outputs.some(name => values.has(name)));
  return prune(
    withGraph(model, { nodes, initializers: new Map([...graph.initializers, ...values]) }),
  );
}
