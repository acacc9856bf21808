import { producers, readModel, withGraph, writeModel, type Model, type Node } from '@nads/onnx';
import type { Runtime, SessionOptions, Values } from '@nads/runtime';

/** Says that a network gave a number that is not finite. */
export class NotFinite extends Error {
  private readonly value: number;
  private readonly circumstances: string;

  /** @param circumstances what it was given, and what to try, as in 'on noise; try another `init`'. */
  constructor(value: number, circumstances: string, node?: Node) {
    const who = node ? `node '${node.name || node.outputs[0]}' (${node.operator})` : 'the network';
    super(`${who} gives ${value} ${circumstances}`);
    this.value = value;
    this.circumstances = circumstances;
  }

  /** The same, with the node that is to blame. */
  of(culprit: Culprit | undefined): NotFinite {
    return new NotFinite(culprit?.value ?? this.value, this.circumstances, culprit?.node);
  }
}

/** A node whose inputs are finite and whose outputs are not, and a value among them. */
export interface Culprit {
  readonly node: Node;
  readonly value: number;
}

/**
 * The node that the numbers in a network's output that are not finite come from. Undefined where
 * there are none, or it cannot be told.
 * @param model a serialised model whose external data is in `options`.
 * @param batches inputs to try, until one shows it.
 */
export async function notFiniteNode(
  runtime: Runtime,
  model: Uint8Array,
  options: SessionOptions,
  batches: Iterable<Values>,
): Promise<Culprit | undefined> {
  const { external } = options;
  const network = readModel(model, 'network', ({ location }) => external!.get(location)!);
  const session = await runtime.createSession(writeModel(withAllOutputs(network)), { threads: 1 });
  try {
    for (const batch of batches) {
      const culprit = origin(network, notFiniteValues(await session.run(batch)));
      if (culprit) return culprit;
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

/** Follows what is not finite from the output back to where it begins. */
function origin({ graph }: Model, bad: ReadonlyMap<string, number>): Culprit | undefined {
  const made = producers(graph);
  let culprit: Culprit | undefined;
  let name: string | undefined = graph.outputs[0].name;
  while (name !== undefined && bad.has(name)) {
    culprit = { node: made.get(name)!, value: bad.get(name)! };
    name = culprit.node.inputs.find(input => bad.has(input) && made.has(input));
  }
  return culprit;
}
