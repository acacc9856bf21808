import type { Node } from '../graph.js';

/**
 * Multiply–accumulates of a node.
 * @param inputs dims of each; [0] where they are not known.
 * @param output dims of the first output; [0] where they are not known.
 */
export type MacsRule = (
  node: Node,
  inputs: readonly (readonly number[])[],
  output: readonly number[],
) => number;
