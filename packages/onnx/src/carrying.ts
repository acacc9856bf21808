import type { Node } from './graph.js';
import type { Carrying } from './operator.js';
import { operatorOf } from './operators/registry.js';

/** Whether the output of a node holds the elements of its first input, and in which order; undefined where it computes others. */
export function carrying(node: Node): Carrying | undefined {
  const carries = operatorOf(node)?.carries;
  return typeof carries === 'function' ? carries(node) : carries;
}
