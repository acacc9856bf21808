import {
  producers,
  readModel,
  withGraph,
  writeModel,
  type Graph,
  type Model,
  type Node,
} from '@nads/onnx';
import type { Runtime, SessionOptions, Values } from '@nads/runtime';

/** A node whose inputs are finite and whose outputs are not, and a value among them. */
export interface NotFiniteNode {
  readonly node: Node;
  readonly value: number;
  /** Of a node of a gradient: the network's node that it was derived from. */
  readonly gradientOf?: Node;
}

/**
 * The node that gives the first values that are not finite on the way to a network's output. Undefined where all
 * values are finite, or the node cannot be found.
 * @param model a serialised model whose external data is in `options`.
 * @param batches inputs to try, until the node is found.
 */
export async function notFiniteNode(
  runtime: Runtime,
  model: Uint8Array,
  options: SessionOptions,
  batches: Iterable<Values>,
): Promise<NotFiniteNode | undefined> {
  const { external } = options;
  const network = readModel(model, 'network', ({ location }) => external!.get(location)!);
  const session = await runtime.createSession(writeModel(withAllOutputs(network)), { threads: 1 });
  try {
    for (const batch of batches) {
      const found = origin(network, notFiniteValues(await session.run(batch)));
      if (found) return found;
    }
    return undefined;
  } catch {
    // The failure that is being explained matters more than one of its explanation.
    return undefined;
  } finally {
    await session.release();
  }
}

function withAllOutputs(model: Model): Model {
  const names = model.graph.nodes.flatMap(node => node.outputs.filter(name => name !== ''));
  return withGraph(model, { outputs: names.map(name => ({ name })) });
}

/** A value that is not finite for each output that has one. */
function notFiniteValues(values: Values): Map<string, number> {
  const found = new Map<string, number>();
  for (const [name, { type, data }] of Object.entries(values)) {
    const bad = type === 'float32' && (data as Float32Array).find(x => !Number.isFinite(x));
    if (typeof bad === 'number') found.set(name, bad);
  }
  return found;
}

/** Follows values that are not finite from the first output that has one back to the node where they begin. */
function origin({ graph }: Model, bad: ReadonlyMap<string, number>): NotFiniteNode | undefined {
  const made = producers(graph);
  let found: NotFiniteNode | undefined;
  let name = graph.outputs.map(output => output.name).find(output => bad.has(output));
  while (name !== undefined) {
    found = { node: made.get(name)!, value: bad.get(name)! };
    name = found.node.inputs.find(input => bad.has(input) && made.has(input));
  }
  return found && { ...found, gradientOf: networkNode(graph, found.node) };
}

/** The node of the network that a node was derived from: `differentiate` names it gradient/NODE/OPERATOR. */
function networkNode({ nodes }: Graph, { name }: Node): Node | undefined {
  const [, derivedFrom] = /^gradient\/(.*)\/[^/]*$/.exec(name) ?? [];
  if (derivedFrom === undefined) return undefined;
  return nodes.find(node => (node.name || node.outputs[0]) === derivedFrom);
}
