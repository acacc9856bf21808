import { getInt } from '../attribute.js';
import { Broken, keepLinear, main, moving, type Context, type SymmetryRule } from './context.js';

/**
 * Normalises along the axes that it is given, treating positions alike.
 * @param byChannel whether each channel has statistics of its own; across channels, neighbours and groups matter.
 */
export const normalised =
  ({ byChannel }: { readonly byChannel: boolean }): SymmetryRule =>
  context => {
    const input = main(context);
    if (context.relabelling === 'channels' && moving(context, input))
      throw new Broken('it treats input channels differently');
    const treatsAlike = byChannel && isFresh(context);
    if (input[1] !== 'channel' && moving(context, [input[1]]) && !treatsAlike)
      throw new Broken('it treats pixels differently');
    return input;
  };

/** Fresh scales and shifts are ones and zeros. */
const isFresh = ({ node, fresh }: Context): boolean =>
  node.inputs.slice(1).every(name => fresh.has(name));

/** Normalises over all axes from the one that `axis` says on, the last unless it says another. */
export const normalisedFrom: SymmetryRule = context => {
  const input = main(context);
  if (context.relabelling === 'channels' && moving(context, input))
    throw new Broken('it treats input channels differently');
  const first = getInt(context.node, 'axis', -1);
  const over = input.slice(first < 0 ? first + input.length : first);
  if (!moving(context, over)) return input;
  if (context.relabelling === 'transposition' && over.includes('row') !== over.includes('column'))
    throw new Broken('it normalises rows or columns only');
  if (!isFresh(context)) throw new Broken('it treats pixels differently');
  return input;
};

/** Normalises along one axis. */
export const normalisedAlong: SymmetryRule = context => {
  const input = main(context);
  const axis = getInt(context.node, 'axis', -1);
  const kind = input[(axis + input.length) % input.length];
  if (context.relabelling === 'transposition' && (kind === 'row' || kind === 'column'))
    throw new Broken('it normalises rows or columns only');
  keepLinear(context);
  return input;
};
