import { Broken, type Axis, type Context, type SymmetryRule } from './context.js';
import { mixed } from './mixed.js';
import { broadcastTogether, operandOf, type Operand } from './pointwise.js';

/** A matrix product: by a matrix of weights, or of two values that depend on the image. */
export const multiplied: SymmetryRule = context => {
  const { node, axes } = context;
  if (!node.inputs.every(name => axes.has(name))) return mixed(context);
  const [left, right] = node.inputs.map(name => operandOf(context, name));
  return multipliedTogether(context, left, right);
};

/** As in attention: a relabelling moves the places that are summed over in both alike, and leaves the others where they are in each. */
function multipliedTogether(
  { node, relabelling, unmixed }: Context,
  left: Operand,
  right: Operand,
): readonly Axis[] {
  if (relabelling === 'channels' && node.inputs.some(name => unmixed.has(name)))
    throw new Broken('it multiplies input channels by each other');
  if (left.axes.length < 2 || right.axes.length < 2) throw new Broken('it multiplies by a vector');
  const [row, inner] = left.axes.slice(-2);
  const [other, column] = right.axes.slice(-2);
  if (relabelling === 'transposition' && [row, inner, other, column].some(isSide))
    throw new Broken('it multiplies along rows or columns only');
  if (inner !== other) throw new Broken('it sums over places that are ordered differently');
  const rank = Math.max(left.axes.length, right.axes.length);
  const leading = broadcastTogether([leadingOf(left), leadingOf(right)], rank - 2);
  const output = [...leading, row, column];
  const sides = output.filter(isSide);
  // what slides over rows or columns takes them to be along one axis
  if (new Set(sides).size < sides.length) throw new Broken('it pairs rows or columns');
  return output;
}

/** Without the matrices. */
const leadingOf = ({ axes, dims }: Operand): Operand => ({
  axes: axes.slice(0, -2),
  dims: dims.slice(0, -2),
});

const isSide = (axis: Axis): boolean => axis === 'row' || axis === 'column';
