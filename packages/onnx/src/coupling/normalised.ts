import { channelwise, elementwise } from './kept-along.js';
import type { CouplingRule } from './coupling-rule.js';

/** Every further input holds a number for each channel. */
const perChannel: CouplingRule = ({ node, tie }) => {
  for (const name of node.inputs.slice(1)) tie([name, 0], [node.outputs[0], 1]);
};

/** Each channel has statistics of its own that are on file. */
export const byFixedStatistics: CouplingRule = coupling => {
  elementwise({
    ...coupling,
    node: { ...coupling.node, outputs: coupling.node.outputs.slice(0, 1) },
  });
  perChannel(coupling);
};

/** Each channel of each image has statistics of its own. */
export const byOwnStatistics: CouplingRule = coupling => {
  channelwise(coupling);
  perChannel(coupling);
};
