import { producers, readModel, withGraph, writeModel, type Model, type Node } from '@nads/onnx';
import type { Runtime, SessionOptions, Values } from '@nads/runtime';

/** Says that a network gave a number that is not finite. */
export class NotFinite extends Error {
  private readonly value: number;
  private readonly circumstances: string;

  /** @param circumstances what it was given, and what to try, as in 'on noise; try another --init'. */
  constructor(value: number, circumstances: string, node?: Node) {
    const who = node ? `node '${node.name || node.outputs[0]}' (${node.operator})` : 'the network';
    super(`${who} gives ${value} ${circumstances}`);
    this.value = value;
    this.circumstances = circumstances;
  }

  /** The same, with the node that is to blame. */
  of = (node: Node | undefined): NotFinite => new NotFinite(this.value, this.circumstances, node);
}

/**
 * The node that the numbers in a network's output that are not finite come from: its own inputs are
 * finite. Undefined where there are none, or it cannot be told.
 * @param model a serialised model whose external data is in `options`.
 * @param batches inputs to try, until one shows it.
 */
export async function notFiniteNode(
  runtime: Runtime,
  model: Uint8Array,
  options: SessionOptions,
  batches: Iterable<Values>,
): Promise<Node | undefined> {
  const { external } = options;
  const network = readModel(model, 'network', ({ location }) => external!.get(location)!);
  const session = await runtime.createSession(writeModel(withAllOutputs(network)), { threads: 1 });
  try {
    for (const batch of batches) {
      const node = origin(network, badNames(await session.run(batch)));
      if (node) return node;
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

const badNames = (values: Values): Set<string> =>
  new Set(
    Object.entries(values)
      .filter(([, { type, data }]) => type === 'float32' && !(data as Float32Array).every(isFinite))
      .map(([name]) => name),
  );

/** Follows what is not finite from the output back to where it begins. */
function origin({ graph }: Model, bad: ReadonlySet<string>): Node | undefined {
  if (!bad.has(graph.outputs[0].name)) return undefined;
  const made = producers(graph);
  let node = made.get(graph.outputs[0].name);
  for (;;) {
    const before: string | undefined = node?.inputs.find(name => bad.has(name) && made.has(name));
    if (before === undefined) return node;
    node = made.get(before);
  }
}
