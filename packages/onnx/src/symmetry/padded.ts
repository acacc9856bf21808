import { getInts } from '../attribute.js';
import { numbersOf } from '../tensor.js';
import {
  Broken,
  keepUnmixed,
  main,
  type Axis,
  type Context,
  type SymmetryRule,
} from './context.js';

/** Padding must be the same on both sides of mirrored axes, and of rows and columns. */
export const padded: SymmetryRule = context => {
  const input = main(context);
  const pads = padsOf(context, input.length);
  const around = (axis: Axis): readonly number[] => pads[input.indexOf(axis)] ?? [];
  const { relabelling } = context;
  if (relabelling === 'transposition' && String(around('row')) !== String(around('column')))
    throw new Broken('its pads are not square');
  if (relabelling === 'flip rows') requireMirrored(around('row'));
  if (relabelling === 'flip columns') requireMirrored(around('column'));
  if (input.some((axis, i) => axis.startsWith('mixed') && pads[i].some(n => n < 0)))
    throw new Broken('it cuts mixed axes');
  keepUnmixed(context);
  return input;
};

function requireMirrored([before, after]: readonly number[]): void {
  if (before !== after)
    throw new Broken(`pads of ${before} before and ${after} after are not symmetric`);
}

/** Pads before and after each axis; from opset 18 on they may be of some axes only. */
function padsOf({ node, inference }: Context, rank: number): readonly (readonly number[])[] {
  const value = inference.get(node.inputs[1])?.value;
  const pads = value
    ? numbersOf(value)
    : getInts(node, 'pads', getInts(node, 'paddings', undefined));
  const axes = axesOf({ node, inference }, rank);
  if (!pads || !axes) throw new Broken('its pads are not known');
  return Array.from({ length: rank }, (_, axis) => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [pads[at], pads[at + axes.length]];
  });
}

function axesOf({ node, inference }: Pick<Context, 'node' | 'inference'>, rank: number) {
  const name = node.inputs[3];
  if (!name) return Array.from({ length: rank }, (_, axis) => axis);
  const value = inference.get(name)?.value;
  return value && numbersOf(value).map(axis => (axis + rank) % rank);
}
