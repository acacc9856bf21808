import { inferShapes, operatorOf, type Node } from '@nads/onnx';
import type { ScoredNetwork } from '../network/scored-network.js';

/** A node whose units are on or off by the sign of its input. */
export interface Rectifier {
  readonly node: Node;
  /** Units of one image. */
  readonly units: number;
}

/** What counts, for messages. */
const looked = 'Relu, Clip from 0, LeakyRelu, PRelu';

/**
 * Every execution of an activation like ReLU that the output depends on: a node that stands twice counts twice.
 * @throws where there is none, or where the first axis of one is not the batch.
 */
export function rectifiers({ network, dims, batch }: ScoredNetwork): Rectifier[] {
  const inference = inferShapes(network, dims);
  const constant = (name: string) => inference.get(name)?.value;
  const found = network.graph.nodes.filter(
    node => operatorOf(node)?.rectifies?.(node, constant) && !constant(node.outputs[0]),
  );
  if (found.length === 0)
    throw new Error(`no activation whose units are on or off was found (${looked})`);
  return found.map(node => ({
    node,
    units: unitsOf(node, inference.get(node.inputs[0])?.dims, batch),
  }));
}

function unitsOf(
  { name, operator }: Node,
  dims: readonly number[] | undefined,
  batch: number,
): number {
  if (dims?.[0] !== batch)
    throw new Error(
      `'${name}' (${operator}) reads [${dims?.join() ?? '?'}], whose first axis is not the batch of ${batch}`,
    );
  return dims.slice(1).reduce((product, size) => product * size, 1);
}
