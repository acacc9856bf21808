import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import { node as nodeOf, type Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import { between, rewritten, scalarFor } from '../upgrades/rewritten.js';

/** α·x + β. */
export const affine = unary(
  'Affine',
  (x, node) => getFloat(node, 'alpha', 1) * x + getFloat(node, 'beta', 0),
  {
    derivative: ({ node }) => getFloat(node, 'alpha', 1),
    upgrade: { since: 10, rewrite: productAndSum },
  },
);

function productAndSum(old: Application): Node[] {
  const { node } = old;
  const [alpha, beta, product] = ['alpha', 'beta', 'product'].map(what => between(node, what));
  return [
    ...scalarFor(old, 'alpha', getFloat(node, 'alpha', 1)),
    ...scalarFor(old, 'beta', getFloat(node, 'beta', 0)),
    nodeOf('Mul', [node.inputs[0], alpha], [product]),
    rewritten(node, { operator: 'Add', inputs: [product, beta], without: ['alpha', 'beta'] }),
  ];
}
