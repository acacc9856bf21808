import type { Node } from '../graph.js';

/** Says why a derivative cannot be had, and what can be done instead. */
export class NoGradient extends Error {}

/** What people can do about operators that have no derivative. */
const advice: Readonly<Record<string, string>> = {
  If: 'choose a branch and export the model again without control flow',
  Loop: 'export the model again with the loop unrolled',
  Scan: 'export the model again with the scan unrolled',
  QuantizeLinear: quantised(),
  DequantizeLinear: quantised(),
  DynamicQuantizeLinear: quantised(),
  QLinearConv: quantised(),
  QLinearMatMul: quantised(),
  ConvInteger: quantised(),
  MatMulInteger: quantised(),
};

function quantised(): string {
  return 'a quantised model is constant almost everywhere; take the float model it was made from';
}

const otherwise = 'finite differences need no gradient: nads probe --kind secant';

/** A node on the way from output to input that no gradient is known of. */
export const noRule = (node: Node): NoGradient =>
  new NoGradient(
    `node '${node.name}' (${node.operator}): no gradient is known of this operator; ${adviceOn(node)}`,
  );

/** What to do instead at a node. */
export const adviceOn = ({ operator }: Node): string => advice[operator] ?? otherwise;
