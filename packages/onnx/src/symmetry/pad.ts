import { getInts } from '../attribute.js';
import { Broken, keepUnmixed, main, type Axis, type Rule } from './context.js';

/** Padding must be the same on both sides of mirrored axes, and of rows and columns. */
export const pad: Rule = context => {
  const { node, inference, relabelling } = context;
  const input = main(context);
  const value =
    inference.get(node.inputs[1])?.value?.data ??
    getInts(node, 'pads', getInts(node, 'paddings', undefined));
  if (!value) throw new Broken('its pads are not known');
  const pads = Array.from(value as ArrayLike<number>, Number);
  const around = (axis: Axis): string => {
    const i = input.indexOf(axis);
    return i < 0 ? '' : `${pads[i]} and ${pads[i + input.length]}`;
  };
  const mirrored = (axis: Axis): boolean => new Set(around(axis).split(' and ')).size === 1;
  if (relabelling === 'transposition' && around('row') !== around('column'))
    throw new Broken('its pads are not square');
  if (relabelling === 'flip rows' && !mirrored('row'))
    throw new Broken(`pads of ${around('row')} are not symmetric`);
  if (relabelling === 'flip columns' && !mirrored('column'))
    throw new Broken(`pads of ${around('column')} are not symmetric`);
  keepUnmixed(context);
  return input;
};
