import { getInt, getInts } from '../attribute.js';
import { Broken, keepUnmixed, main, type Rule } from './context.js';

/** Pools over all of space: what is left stays where it is. */
export const globalPool: Rule = context => {
  keepUnmixed(context);
  return main(context).map((axis, i) => (i < 2 ? axis : 'channel'));
};

/** Averages over both pixel axes or none. */
export const reduction: Rule = context => {
  const { node, inference } = context;
  const input = main(context);
  const given = inference.get(node.inputs[1])?.value?.data ?? getInts(node, 'axes', undefined);
  const all = input.map((_, i) => i);
  const reduced = given
    ? Array.from(given as ArrayLike<number>, axis => (Number(axis) + input.length) % input.length)
    : all;
  const kinds = new Set(reduced.map(i => input[i]));
  if (context.relabelling === 'transposition' && kinds.has('row') !== kinds.has('column'))
    throw new Broken('it reduces rows and columns differently');
  if (context.relabelling === 'channels' && kinds.has('channel'))
    throw new Broken('it reduces over the input channels');
  keepUnmixed(context);
  const keep = getInt(node, 'keepdims', 1) === 1;
  return input.flatMap((axis, i) =>
    reduced.includes(i) ? (keep ? ['channel' as const] : []) : [axis],
  );
};
