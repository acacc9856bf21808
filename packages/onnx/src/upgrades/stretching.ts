import { getInt } from '../attribute.js';
import { node as nodeOf, type Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { indices } from '../shapes/offsets.js';
import { integers } from '../tensor.js';
import { between, constantFor, rewritten } from './rewritten.js';
import type { Upgrade } from './upgrade.js';

/** Before opset 7 a second operand was stretched to the first from `axis` on, or fitted to its last axes. */
export const stretching: Upgrade = {
  since: 7,
  rewrite: old => {
    const plain = rewritten(old.node, { without: ['axis', 'broadcast'] });
    return withAxesBehind(plain, rankOf(old, 1), missingAxes(old));
  },
};

/** How many axes the first operand has behind those that the second one fits. */
function missingAxes(old: Application): number {
  const axis = getInt(old.node, 'axis', undefined);
  if (axis === undefined || getInt(old.node, 'broadcast', 0) === 0) return 0;
  const [rank, other] = [rankOf(old, 0), rankOf(old, 1)];
  if (rank === undefined || other === undefined)
    throw new Error('the number of axes of its operands is not known');
  return rank - normaliseAxis(axis, rank) - other;
}

/** Number of axes of an input, if known. */
const rankOf = ({ inputs }: Application, index: number): number | undefined =>
  inputs[index]?.dims?.length;

/** The nodes for a node whose second input gets axes of size 1 behind its own. */
export function withAxesBehind(node: Node, rank = 0, missing = 0): Node[] {
  if (missing <= 0) return [node];
  const axes = constantFor(node, 'axes', integers(indices(missing).map(i => rank + i)));
  const [first, second] = node.inputs;
  const stretched = between(node, 'stretched');
  return [
    axes,
    nodeOf('Unsqueeze', [second, ...axes.outputs], [stretched]),
    { ...node, inputs: [first, stretched] },
  ];
}
