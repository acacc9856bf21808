import type { Node } from '../graph.js';
import { sizeOf } from '../tensor.js';
import type { WeightSurroundings } from './weight-rule.js';

/** The constant operand of an elementwise node whose other operand depends on learned weights; no scalar. */
export function constantOperand(
  node: Node,
  { dims, isWeight, isLearned }: WeightSurroundings,
): number | undefined {
  const input = node.inputs.findIndex(name => isWeight(name));
  if (input < 0 || !isLearned(node.inputs[1 - input])) return undefined;
  return sizeOf(dims(node.inputs[input])) > 1 ? input : undefined;
}

/** Whether one axis alone is longer than 1. */
export const isVector = (dims: readonly number[]): boolean =>
  dims.filter(size => size > 1).length === 1;
