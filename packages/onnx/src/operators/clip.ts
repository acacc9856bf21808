import { elementwise } from '../coupling/kept-along.js';
import { getFloat } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import type { GradientRule } from '../formulas/derivation.js';
import { samePlace } from '../layers/reach-rule.js';
import type { Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import { pointwise } from '../symmetry/pointwise.js';
import type { Tensor } from '../tensor.js';
import { rewritten, scalarFor } from '../upgrades/rewritten.js';

/** The bounds themselves count as inside, as in PyTorch. */
const inside: GradientRule = ({ g, inputs: [x, low, high] }, [dy]) => {
  const below = low ? g.less(x, low) : undefined;
  const above = high ? g.greater(x, high) : undefined;
  const outside = below && above ? g.op('Or', [below, above]) : (below ?? above);
  return [
    () => (outside ? g.where(outside, 0, dy!) : dy!),
    () => g.unbroadcast(g.masked(below!, dy!), low),
    () => g.unbroadcast(g.masked(above!, dy!), high),
  ];
};

const isZero = (low: Tensor | undefined): boolean =>
  low?.data.length === 1 && Number(low.data[0]) === 0;

/** max(low, min(high, x)); the bounds were attributes before opset 11. */
export const clip = preserving('Clip', {
  inputs: [1, 3],
  symmetry: pointwise(),
  reach: samePlace,
  coupling: elementwise,
  rectifies: (node, constant) => isZero(constant(node.inputs[1])),
  gradient: inside,
  upgrade: { since: 11, rewrite: boundsAsInputs },
});

function boundsAsInputs(old: Application): Node[] {
  const { node } = old;
  const bounds = ['min', 'max'].map(name =>
    node.attributes.has(name) ? scalarFor(old, name, getFloat(node, name, 0)) : [],
  );
  const inputs = [node.inputs[0], ...bounds.map(nodes => nodes.at(-1)?.outputs[0] ?? '')];
  return [...bounds.flat(), rewritten(node, { inputs, without: ['min', 'max'] })];
}
