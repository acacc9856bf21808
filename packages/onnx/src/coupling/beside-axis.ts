import { getInt } from '../attribute.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import type { CouplingRule } from './coupling-rule.js';
import { keptAlong } from './kept-along.js';

/** Axes in front of the node's axis, where it takes all from there on for one. */
export const beforeAxis = (axisByDefault: number): CouplingRule =>
  keptAlong((axis, { node, dims }) => {
    const rank = dims(node.inputs[0]).length;
    return axis < normaliseAxis(getInt(node, 'axis', axisByDefault), rank);
  });

/** Axes beside the node's axis; before opset 13 it took all from there on for one. */
export const besideAxis: CouplingRule = coupling => {
  const { node, opset, dims } = coupling;
  if (opset < 13) return beforeAxis(1)(coupling);
  const taken = normaliseAxis(getInt(node, 'axis', -1), dims(node.inputs[0]).length);
  keptAlong(axis => axis !== taken)(coupling);
};
