import { getInt } from '../attribute.js';
import { Broken, main, type SymmetryRule } from './context.js';
import { broadcastAxes } from './pointwise.js';

/** Joins values along an axis on which nothing moves. */
export const joined: SymmetryRule = context => {
  const { node, axes } = context;
  const all = node.inputs.map(name => axes.get(name));
  const rank = main(context).length;
  const axis = (getInt(node, 'axis', 1) + rank) % rank;
  for (const [i, input] of all.entries())
    if (!input && !context.fresh.has(node.inputs[i]))
      throw new Broken('it joins constants to the image');
  const joined = all.map(input => input?.[axis] ?? 'channel');
  if (joined.some(kind => kind !== 'channel' && kind !== 'batch'))
    throw new Broken('it joins values along an axis of pixels');
  if (context.relabelling === 'channels' && node.inputs.some(name => context.unmixed.has(name)))
    throw new Broken('it joins input channels to other values');
  return broadcastAxes(
    context,
    node.inputs.filter(name => axes.has(name)),
  );
};
