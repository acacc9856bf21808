import { getInt } from '../attribute.js';
import { Broken, keepUnmixed, main, moving, type SymmetryRule } from './context.js';

/** Pieces along an axis on which nothing moves. */
export const parted: SymmetryRule = context => {
  const input = main(context);
  const axis = getInt(context.node, 'axis', 0);
  const kind = input[(axis + input.length) % input.length];
  if (context.relabelling === 'channels' && moving(context, input) && kind.includes('channel'))
    throw new Broken('it parts the input channels');
  if (kind !== 'channel' && kind !== 'batch' && moving(context, [kind]))
    throw new Broken('it parts pixels');
  keepUnmixed(context);
  return input;
};
