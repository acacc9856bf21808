import { attributes, type AttributeLike } from '../attribute.js';
import { node as nodeOf, type Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import { floats, type Tensor } from '../tensor.js';

/** What becomes of a node; fields that are left out stay as they are. */
interface Change {
  readonly operator?: string;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  /** Attributes that go. */
  readonly without?: readonly string[];
  /** Attributes that come, or get other values. */
  readonly set?: Record<string, AttributeLike | undefined>;
}

/** The node in another form. Inputs that are left out at the end go. */
export function rewritten(node: Node, change: Change): Node {
  const { operator = node.operator, inputs = node.inputs, outputs = node.outputs } = change;
  const { without = [], set = {} } = change;
  const kept = [...node.attributes].filter(([name]) => !without.includes(name));
  const present = inputs.slice(0, inputs.findLastIndex(name => name !== '') + 1);
  const values = new Map([...kept, ...attributes(set)]);
  return { ...node, operator, inputs: present, outputs, attributes: values };
}

/** Name of a value among the nodes that one node becomes. */
export const between = (node: Node, what: string): string =>
  `${node.outputs.find(name => name !== '')}/upgrade/${what}`;

/** A node that gives a constant, named by what it is to the other node. */
export const constantFor = (node: Node, what: string, value: Tensor): Node =>
  nodeOf('Constant', [], [between(node, what)], attributes({ value: { type: 'tensor', value } }));

/** The nodes that give a scalar of the type of the first input, named by what it is to the node. */
export function scalarFor({ node, inputs }: Application, what: string, value: number): Node[] {
  const scalar = constantFor(node, what, floats([], [value]));
  if (inputs[0]?.type === 'float32') return [scalar];
  const [name] = scalar.outputs;
  const single = `${name}/float32`;
  return [{ ...scalar, outputs: [single] }, nodeOf('CastLike', [single, node.inputs[0]], [name])];
}
