import { getFloat } from '../attribute.js';
import { node as nodeOf, type Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import { between, rewritten, scalarFor } from './rewritten.js';

/** The nodes for α·f(β·x) where f is an operator; alpha and beta are attributes of the old node. */
export function scaledCurve(old: Application, operator: string): Node[] {
  const { node } = old;
  const names = ['alpha', 'beta', 'argument', 'curve'];
  const [alpha, beta, argument, curve] = names.map(what => between(node, what));
  return [
    ...scalarFor(old, 'alpha', getFloat(node, 'alpha', 1)),
    ...scalarFor(old, 'beta', getFloat(node, 'beta', 1)),
    nodeOf('Mul', [node.inputs[0], beta], [argument]),
    nodeOf(operator, [argument], [curve]),
    rewritten(node, { operator: 'Mul', inputs: [curve, alpha], without: ['alpha', 'beta'] }),
  ];
}
