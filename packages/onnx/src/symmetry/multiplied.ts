import { Broken, type Axis, type Context, type SymmetryRule } from './context.js';
import { mixed } from './mixed.js';
import { broadcastTogether } from './pointwise.js';

/** A matrix product: by a matrix of weights, or of two values that depend on the image. */
export const multiplied: SymmetryRule = context => {
  const [left, right] = context.node.inputs.map(name => context.axes.get(name));
  return left && right ? multipliedTogether(context, left, right) : mixed(context);
};

/** As in attention: a relabelling moves the places that are summed over in both alike, and leaves the others where they are in each. */
function multipliedTogether(
  { node, relabelling, unmixed }: Context,
  left: readonly Axis[],
  right: readonly Axis[],
): readonly Axis[] {
  if (node.inputs.some(name => unmixed.has(name)))
    throw new Broken('it multiplies input channels by each other');
  if (left.length < 2 || right.length < 2) throw new Broken('it multiplies by a vector');
  const [row, inner] = left.slice(-2);
  const [other, column] = right.slice(-2);
  if (relabelling === 'transposition' && [row, inner, other, column].some(isSide))
    throw new Broken('it multiplies along rows or columns only');
  if (inner !== other) throw new Broken('it sums over places that are ordered differently');
  const rank = Math.max(left.length, right.length);
  const leading = broadcastTogether([left.slice(0, -2), right.slice(0, -2)], rank - 2);
  const output = [...leading, row, column];
  const sides = output.filter(isSide);
  // what slides over rows or columns takes them to be along one axis
  if (new Set(sides).size < sides.length) throw new Broken('it pairs rows or columns');
  return output;
}

const isSide = (axis: Axis): boolean => axis === 'row' || axis === 'column';
