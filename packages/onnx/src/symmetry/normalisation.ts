import { getInt } from '../attribute.js';
import { Broken, keepLinear, main, moving, type Context, type Rule } from './context.js';

/** Normalises along the axes that it is given, treating positions alike. */
export const normalisation: Rule = context => {
  const input = main(context);
  if (context.relabelling === 'channels' && moving(context, input))
    throw new Broken('it treats input channels differently');
  if (input[1] !== 'channel' && moving(context, [input[1]]) && !treatsAlike(context))
    throw new Broken('it treats pixels differently');
  return input;
};

/** Fresh scales and shifts are ones and zeros; across channels, neighbours and groups matter. */
const treatsAlike = ({ node, fresh }: Context): boolean =>
  (node.operator === 'BatchNormalization' || node.operator === 'InstanceNormalization') &&
  node.inputs.slice(1).every(name => fresh.has(name));

/** Normalises along one axis. */
export const softmax: Rule = context => {
  const input = main(context);
  const axis = getInt(context.node, 'axis', -1);
  const kind = input[(axis + input.length) % input.length];
  if (context.relabelling === 'transposition' && (kind === 'row' || kind === 'column'))
    throw new Broken('it normalises rows or columns only');
  keepLinear(context);
  return input;
};
