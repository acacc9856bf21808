import type { Node } from '../graph.js';
import { operatorOf } from '../operators/registry.js';
import { nodeLabel } from '../node-label.js';

/** Says why a derivative cannot be had, and what can be done instead. */
export class NoGradient extends Error {}

const otherwise = 'secants need no gradient';

/** A node on the way from output to input that no gradient is known of. */
export const noRule = (node: Node): NoGradient =>
  new NoGradient(
    `${nodeLabel(node)}: the gradient of this operator is not implemented; ${adviceOn(node)}`,
  );

/** What to do instead at a node. */
export function adviceOn(node: Node): string {
  const { quantised, controlFlow } = operatorOf(node) ?? {};
  if (quantised)
    return 'a quantised model is constant almost everywhere; take the float model it was made from';
  if (controlFlow === 'branch')
    return 'choose a branch and export the model again without control flow';
  return controlFlow ? `export the model again with the ${controlFlow} unrolled` : otherwise;
}
