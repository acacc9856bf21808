import type { Node } from '../graph.js';

/** A node as factor · input + constant, element by element. */
export interface Affine {
  /** The index of the input that is not constant. */
  readonly input: number;
  /** What it is multiplied by, broadcast to it from the right, as NumPy does. */
  readonly factor: Constant;
}

/** A constant, as far as the first output of a model goes. */
export interface Constant {
  readonly dims: readonly number[];
  /** Its first element. NaN where that is not known. */
  readonly first: number;
}

/** What the rule gets to see of the graph. */
export interface AffineSurroundings {
  readonly dims: (name: string) => readonly number[];
  /** A constant of the file; undefined of values that are computed. */
  readonly constant: (name: string) => Constant | undefined;
}

/** A node as an affine function of one input, whose other inputs are constant. Undefined where it is not that. */
export type AffineRule = (node: Node, around: AffineSurroundings) => Affine | undefined;

/**
 * The rule of an operator with two operands, one of them constant.
 * @param factors what an operand is multiplied by, the first and the second, for an element of the other one; left out where it is
 * not affine in it.
 */
export const affineInOne =
  (...factors: readonly ((constant: number) => number)[]): AffineRule =>
  (node, { constant }) => {
    const input = node.inputs.findIndex(name => !constant(name));
    const other = constant(node.inputs[1 - input]);
    const factor = factors[input];
    return other && factor && { input, factor: { dims: other.dims, first: factor(other.first) } };
  };
