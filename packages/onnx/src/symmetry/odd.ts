import type { Node } from '../graph.js';
import { mostArguments } from '../shapes/fold.js';

/** Whether the result of a node changes its sign with that of some of its operands, those that are `flipped`. */
export type Parity = (node: Node, flipped: readonly boolean[]) => boolean;

/** Of what has the sign of its first operand. */
export const odd: Parity = (_, [first, ...others]) => first && !others.includes(true);

/** The parity of a function, seen at some places: whether f(−x) = −f(x) there; of very many operands it is not known. */
export const oddWherever =
  (f: (operands: readonly number[], node: Node) => number): Parity =>
  (node, flipped) =>
    flipped.length <= mostArguments &&
    places.every((_, shift) => {
      const operands = flipped.map((_, i) => places[(shift + step * i) % places.length]);
      const mirrored = operands.map((x, i) => (flipped[i] ? -x : x));
      return isSame(f(mirrored, node), -f(operands, node));
    });

/** Of both signs and of all sizes, so that some lie on either side of a threshold; a prime number of them. */
const places = [
  0, 1e-6, -1e-3, 0.02, -0.3, 0.7, -1, 1.3, -2, 2.5, -3, 5.1, -7.7, 12, -40, 300, -2e4, 1e6, -1e12,
];

/** How far apart in the list operands are, so that none outweighs the others at all places. */
const step = 7;

const isSame = (a: number, b: number): boolean =>
  a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-12 * Math.abs(b);
