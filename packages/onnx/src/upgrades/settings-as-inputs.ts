import type { Node } from '../graph.js';
import type { Tensor } from '../tensor.js';
import { constantFor, rewritten } from './rewritten.js';
import type { Upgrade } from './upgrade.js';

/** The upgrade that turns attributes of integers into the inputs behind the first, in this order. */
export const settingsAsInputs = (since: number, ...names: readonly string[]): Upgrade => ({
  since,
  rewrite: ({ node }) => settingsOf(node, names),
});

/** The nodes for a node whose attributes of integers become inputs. */
export function settingsOf(node: Node, names: readonly string[]): Node[] {
  const constants = names.map(name => {
    const value = integersIn(node, name);
    return value && constantFor(node, name, value);
  });
  const inputs = [node.inputs[0], ...constants.map(constant => constant?.outputs[0] ?? '')];
  const present = constants.filter(constant => constant !== undefined);
  return [...present, rewritten(node, { inputs, without: names })];
}

/** As they are in the file: the end of a slice may be the largest int64, which no number holds. */
function integersIn({ attributes }: Node, name: string): Tensor | undefined {
  const found = attributes.get(name);
  if (found?.type === 'int') return vector([found.value]);
  return found?.type === 'ints' ? vector(found.value) : undefined;
}

const vector = (values: readonly bigint[]): Tensor => ({
  type: 'int64',
  dims: [values.length],
  data: BigInt64Array.from(values),
});
