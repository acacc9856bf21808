import { getInt } from '../attribute.js';
import type { WeightRule } from '../layers/weight-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { rewritten } from '../upgrades/rewritten.js';

/** A recurrent layer: all hidden states, and the last of each kind of state. */
export const recurrent = (name: string): Operator => ({
  name,
  weights: recurrentWeights,
  upgrade: {
    since: 7,
    rewrite: ({ node }) => [rewritten(node, { without: ['output_sequence'] })],
  },
  infer: application => {
    const first = dimsOf(application, 0);
    const [directions, , hidden] = dimsOf(application, 2);
    const batchFirst = getInt(application.node, 'layout', 0) === 1;
    const [batch, length] = batchFirst ? first : [first[1], first[0]];
    const type = typeOf(application, 0);
    const all = batchFirst
      ? [batch, length, directions, hidden]
      : [length, directions, batch, hidden];
    const last = {
      type,
      dims: batchFirst ? [batch, directions, hidden] : [directions, batch, hidden],
    };
    return [{ type, dims: all }, last, last];
  },
});

const recurrentWeights: WeightRule = (node, { dims }) => {
  const hidden = dims(node.inputs[2]).at(-1) ?? 1;
  const roles = ['weight', 'weight', 'bias'] as const;
  return roles.map((role, i) => ({
    input: i + 1,
    kind: 'recurrent',
    role,
    fanIn: hidden,
    fanOut: hidden,
  }));
};
