import {
  inferShapes,
  isUniform,
  operatorOf,
  prune,
  weights,
  withGraph,
  type Inference,
  type Model,
  type Node,
  type Tensor,
  type Weight,
} from '@nads/onnx';

/**
 * The model with every weight in an initializer that training can change: constants in nodes become initializers of the same
 * name. What only the exporter shared gets a copy for each layer, named for the layer's output and what it does there: equal vectors of untrained layers,
 * and statistics of normalisations, which each normalisation averages by itself. Constants that are tied by design stay so.
 * @throws for a weight that is not float32, or whose numbers are not known, naming it.
 */
export function withOwnInitializers(model: Model): Model {
  const inference = inferShapes(model);
  const uses = weights(model.graph, inference);
  const shared = sharedNames(uses);
  const copied = uses.filter(use => isCopied(use, shared, inference));
  const inputs = new Map(copied.map(use => [placeOf(use.node, use.input), copyOf(use)] as const));
  const nodes = model.graph.nodes.map(node => rewired(node, inputs));
  const copies = copied.map(use => [copyOf(use), seen(use, inference)] as const);
  return withInitializers(withGraph(model, { nodes }), [...stored(uses, inference), ...copies]);
}

/** The model with further initializers, which take the place of nodes that made them. */
function withInitializers(model: Model, added: readonly (readonly [string, Tensor])[]): Model {
  const { graph } = model;
  const known = new Map(added);
  const nodes = graph.nodes.filter(({ outputs }) => !known.has(outputs[0]));
  return prune(
    withGraph(model, { nodes, initializers: new Map([...graph.initializers, ...known]) }),
  );
}

/** The constants that weights come from. */
const stored = (uses: readonly Weight[], inference: Inference): (readonly [string, Tensor])[] =>
  [...new Set(uses.map(({ origin }) => origin.name))].map(
    name => [name, numbers(name, inference)] as const,
  );

/** Names of constants that several layers read. */
function sharedNames(uses: readonly Weight[]): ReadonlySet<string> {
  const names = uses.map(({ origin }) => origin.name);
  return new Set(names.filter((name, i) => names.indexOf(name) !== i));
}

/** Whether a layer is to have a constant for itself. */
function isCopied(use: Weight, shared: ReadonlySet<string>, inference: Inference): boolean {
  const { node, role, origin, isComputed } = use;
  const isShared = shared.has(origin.name);
  const isStatistic = role === 'mean' || role === 'variance';
  if (operatorOf(node)?.training === 'statistics' && isStatistic)
    return isShared || isComputed || origin.through.length > 0;
  return isShared && !isComputed && isUniform(numbers(origin.name, inference));
}

const copyOf = ({ origin, node, role }: Weight): string =>
  `${origin.name}/${node.outputs[0]}/${role}`;

/** The constant as a layer sees it. */
const seen = ({ node, input }: Weight, inference: Inference): Tensor =>
  numbers(node.inputs[input], inference);

function numbers(name: string, inference: Inference): Tensor {
  const value = inference.get(name)?.value;
  if (!value)
    throw new Error(
      `weight '${name}' is filled by a node, its numbers are not in the file; give a model with weights of its own`,
    );
  if (value.type === 'float32') return value;
  throw new Error(
    `weight '${name}' holds ${value.type}, training needs float32; export the float32 model`,
  );
}

const placeOf = (node: Node, input: number): string => `${node.outputs[0]}:${input}`;

const rewired = (node: Node, names: ReadonlyMap<string, string>): Node => ({
  ...node,
  inputs: node.inputs.map((name, i) => names.get(placeOf(node, i)) ?? name),
});
