import { getInt } from '../attribute.js';
import {
  Broken,
  main,
  moving,
  requireSameOrder,
  type Axis,
  type Context,
  type SymmetryRule,
} from './context.js';
import { concatenated } from './mixed-axis.js';
import { broadcastTogether, operandOf, type Operand } from './pointwise.js';

/** Joins values along an axis, which lists the places of one after those of another; rows or columns would be cut. */
export const joined: SymmetryRule = context => {
  const { node, axes, relabelling, unmixed } = context;
  const all = node.inputs.map(name => axes.get(name));
  const rank = main(context).length;
  const at = (getInt(node, 'axis', 1) + rank) % rank;
  const others = broadcastTogether(
    node.inputs.flatMap(name => (axes.has(name) ? [beside(at, operandOf(context, name))] : [])),
    rank,
  );
  requireStill(context, others);
  const kinds = all.map(input => input?.[at] ?? 'channel');
  if (kinds.some(kind => kind === 'row' || kind === 'column'))
    throw new Broken('it joins values along an axis of pixels');
  if (relabelling === 'channels' && node.inputs.some(name => unmixed.has(name)))
    throw new Broken('it joins input channels to other values');
  return others.with(at, joinedAxis(context, at, kinds));
};

/** Constants that are joined must look the same after the relabelling, unless their elements are drawn alike. */
function requireStill(context: Context, others: readonly Axis[]): void {
  const { node, axes, fresh } = context;
  const given = node.inputs.filter(name => !axes.has(name) && !fresh.has(name));
  if (given.length > 0 && moving(context, others))
    throw new Broken('it joins constants to the image');
  for (const name of node.inputs)
    if (!axes.has(name) && fresh.has(name)) requireSameOrder(context, name, others);
}

/** Without the axis that values are joined along. */
const beside = (at: number, { axes, dims }: Operand): Operand => ({
  axes: axes.with(at, 'channel'),
  dims: axes.map((_, i) => (i === at ? 1 : dims[i])),
});

function joinedAxis({ node, inference }: Context, at: number, kinds: readonly Axis[]): Axis {
  if (!kinds.some(kind => kind.startsWith('mixed'))) return kinds[0];
  if (kinds.length === 1) return kinds[0];
  const sizes = node.inputs.map(name => inference.get(name)?.dims?.[at]);
  if (sizes.includes(undefined)) throw new Broken('its shape is not known');
  return concatenated(kinds.map((axis, i) => ({ axis, size: sizes[i]! })));
}
