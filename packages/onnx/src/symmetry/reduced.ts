import { getInt, getInts } from '../attribute.js';
import { numbersOf } from '../tensor.js';
import {
  Broken,
  keepLinear,
  keepUnmixed,
  main,
  type Context,
  type Linearity,
  type SymmetryRule,
} from './context.js';

/** Pools over all of space: what is left stays where it is. */
export const pooledOverSpace =
  ({ isLinear }: Linearity): SymmetryRule =>
  context => {
    keepChannels(context, isLinear);
    return main(context).map((axis, i) => (i < 2 ? axis : 'channel'));
  };

/** Reduces both pixel axes or none. */
export const reduced =
  ({ isLinear }: Linearity): SymmetryRule =>
  context => {
    const { node, relabelling, unmixed } = context;
    const input = main(context);
    const gone = reducedAxes(context, input.length);
    const kinds = gone.map(i => input[i]);
    if (relabelling === 'transposition' && kinds.includes('row') !== kinds.includes('column'))
      throw new Broken('it reduces rows and columns differently');
    const mixes = kinds.some(kind => kind.includes('channel'));
    if (relabelling === 'channels' && mixes && unmixed.has(node.inputs[0]))
      throw new Broken('it reduces over the input channels');
    keepChannels(context, isLinear);
    const left = getInt(node, 'keepdims', 1) === 1 ? (['channel'] as const) : [];
    return input.flatMap((axis, i) => (gone.includes(i) ? left : [axis]));
  };

function reducedAxes({ node, inference }: Context, rank: number): readonly number[] {
  const value = inference.get(node.inputs[1])?.value;
  if (node.inputs[1] && !value) throw new Broken('the axes that it reduces are not known');
  const given = value ? numbersOf(value) : getInts(node, 'axes', []);
  if (given.length > 0) return given.map(axis => (axis + rank) % rank);
  const none = getInt(node, 'noop_with_empty_axes', 0) === 1;
  return none ? [] : Array.from({ length: rank }, (_, axis) => axis);
}

const keepChannels = (context: Context, isLinear: boolean): void =>
  isLinear ? keepUnmixed(context) : keepLinear(context);
