import { startAt } from './algebra/free-sizes.js';
import { node as nodeOf, type Graph, type Node } from './graph.js';
import { inferNode } from './infer-shapes.js';
import { withGraph, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import { inferenceStart } from './shapes/inference-start.js';
import type { Known } from './shapes/known.js';
import { substitute } from './substitute.js';
import { numbersOf, type Tensor } from './tensor.js';

/** A condition that is the same for all of these sizes depends on no size that the file leaves free. */
const sizes = [1, 2, 3, 64, 65536];

/**
 * The model with every If whose condition follows from shapes and constants replaced by the nodes of its
 * branch: exporters write such where a squeeze may or may not find an axis of size 1. Sizes that the file gives are believed:
 * for models whose inputs keep them.
 */
export const knownBranches = (model: Model): Model =>
  withBranches(model, ({ graph }) => sizes.map(size => startAt(graph, size)));

/** The same where a condition follows from constants alone, whatever sizes inputs will have. */
export const constantBranches = (model: Model): Model =>
  withBranches(model, ({ graph }) => {
    const inputs = graph.inputs.map(({ name, type }) => ({ name, type }));
    return [inferenceStart({ ...graph, inputs }, {})];
  });

/** @param startsOf gives what is known before the first node; a branch is taken where all of these agree */
function withBranches(model: Model, startsOf: (model: Model) => Map<string, Known>[]): Model {
  const { graph } = model;
  if (!graph.nodes.some(isIf)) return model;
  const initializers = new Map(graph.initializers);
  const chosen = { initializers, known: startsOf(model) };
  const nodes = graph.nodes.flatMap(node => flattened(model, node, chosen));
  return withGraph(model, { nodes, initializers });
}

interface Chosen {
  readonly initializers: Map<string, Tensor>;
  /** What is known of the values so far, from each start. */
  readonly known: readonly Map<string, Known>[];
}

const isIf = (node: Node): boolean => operatorOf(node)?.controlFlow === 'branch';

/** A node, or those that it comes down to; what is known of them is added. */
function flattened(model: Model, node: Node, chosen: Chosen): readonly Node[] {
  const branch = isIf(node) ? branchOf(node, chosen) : undefined;
  if (branch) {
    const inner = inlined(node, branch, chosen);
    return inner.flatMap(inside => flattened(model, inside, chosen));
  }
  for (const known of chosen.known) inferNode(model, node, known);
  return [node];
}

function branchOf({ inputs, attributes }: Node, { known }: Chosen): Graph | undefined {
  const values = known.map(values => values.get(inputs[0])?.value);
  const taken = new Set(values.map(value => value && Boolean(numbersOf(value)[0])));
  const [first] = taken;
  if (taken.size > 1 || first === undefined) return undefined;
  const branch = attributes.get(first ? 'then_branch' : 'else_branch');
  return branch?.type === 'graph' ? branch.value : undefined;
}

/** The nodes of a branch, whose values get names of their own. */
function inlined(node: Node, branch: Graph, { initializers, known }: Chosen): readonly Node[] {
  const inside = [...branch.nodes.flatMap(({ outputs }) => outputs), ...branch.initializers.keys()];
  const names = new Map(inside.map(name => [name, name && `${node.outputs[0]}/branch/${name}`]));
  const rename = (name: string): string => names.get(name) ?? name;
  for (const [name, value] of branch.initializers) {
    initializers.set(rename(name), value);
    for (const values of known)
      values.set(rename(name), { type: value.type, dims: value.dims, value });
  }
  return [
    ...branch.nodes.map(inner => ({
      ...substitute(inner, rename, new Map()),
      name: inner.name && `${node.name}/${inner.name}`,
    })),
    ...branch.outputs.map(({ name }, i) => nodeOf('Identity', [rename(name)], [node.outputs[i]])),
  ];
}
