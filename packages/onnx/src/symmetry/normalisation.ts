import { getInt } from '../attribute.js';
import { Broken, keepUnmixed, main, moving, type Rule } from './context.js';

/** Normalises along the axes that it is given, treating positions alike. */
export const normalisation: Rule = context => {
  if (context.relabelling === 'channels' && moving(context, main(context)))
    throw new Broken('it treats input channels differently');
  return main(context);
};

/** Normalises along one axis. */
export const softmax: Rule = context => {
  const input = main(context);
  const axis = getInt(context.node, 'axis', -1);
  const kind = input[(axis + input.length) % input.length];
  if (context.relabelling === 'transposition' && (kind === 'row' || kind === 'column'))
    throw new Broken('it normalises rows or columns only');
  keepUnmixed(context);
  return input;
};
