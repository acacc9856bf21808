import { getInt, getInts } from '../attribute.js';
import { extent, windowOf, type Window } from '../shapes/window.js';
import { sizeOf } from '../tensor.js';
import { measuredWeight } from './measured-weight.js';
import {
  Broken,
  keepLinear,
  keepUnmixed,
  notDrawn,
  requireSameOrder,
  type Axis,
  type Context,
  type Linearity,
  type SymmetryRule,
} from './context.js';

/** Convolutions: the grid of windows must map onto itself, and kernels must be drawn where they see what moves. */
export const convolved: SymmetryRule = context => {
  const { input, kernel } = slid(context);
  requireFreshWeight(context, context.node.inputs[1], input, kernel);
  return [input[0], 'channel', ...input.slice(2)];
};

/** Poolings: the grid of windows must map onto itself. */
export const pooled =
  ({ isLinear }: Linearity): SymmetryRule =>
  context => {
    const { input } = slid(context);
    if (isLinear) keepUnmixed(context);
    else keepLinear(context);
    return input;
  };

/** The axes of what windows slide over, and the sizes of the windows. */
function slid(context: Context) {
  const { node, inference, axes, relabelling } = context;
  const input = axes.get(node.inputs[0]);
  if (!input) throw new Broken('its weights depend on the image');
  const dims = inference.get(node.inputs[0])?.dims;
  if (!dims) throw new Broken('its shape is not known');
  const space = dims.slice(2);
  const kernel = getInts(node, 'kernel_shape', inference.get(node.inputs[1])?.dims?.slice(2) ?? []);
  if (relabelling !== 'channels')
    requireSymmetricGrid(context, input.slice(2), windowOf(node, kernel, space), space);
  return { input, kernel };
}

function requireFreshWeight(
  context: Context,
  name: string,
  input: readonly Axis[],
  kernel: readonly number[],
): void {
  const { node, fresh, unmixed, relabelling } = context;
  const acrossInputs =
    relabelling === 'channels' ? unmixed.has(node.inputs[0]) : input[1] !== 'channel';
  if (!acrossInputs && (relabelling === 'channels' || sizeOf(kernel) === 1)) return;
  const drawn = fresh.has(name) ? name : measuredWeight(context, name, input.slice(2));
  if (drawn === undefined) throw notDrawn(context, name);
  if (acrossInputs && getInt(node, 'group', 1) !== 1)
    throw new Broken('its groups keep input channels apart');
  requireSameOrder(context, drawn, ['channel', ...input.slice(1)]);
}

function requireSymmetricGrid(
  context: Context,
  axes: readonly Axis[],
  window: Window,
  sizes: readonly number[],
): void {
  if (axes.some(axis => axis.startsWith('mixed')))
    throw new Broken('it slides over relabelled pixels');
  const row = axes.indexOf('row');
  const column = axes.indexOf('column');
  if (context.relabelling === 'transposition') requireSquare(window, row, column, sizes);
  if (context.relabelling === 'flip rows' && row >= 0) requireMirrored(window, row, sizes[row]);
  if (context.relabelling === 'flip columns' && column >= 0)
    requireMirrored(window, column, sizes[column]);
}

function requireSquare(
  window: Window,
  row: number,
  column: number,
  sizes: readonly number[],
): void {
  if (row < 0 && column < 0) return;
  const seen = sizes.map((size, axis) => seenAfter(window, axis, size));
  const lists = [window.kernel, window.strides, window.dilations, window.begin, seen];
  const names = ['kernel', 'strides', 'dilations', 'pads', 'pads'];
  const wrong = row < 0 || column < 0 ? 0 : lists.findIndex(list => list[row] !== list[column]);
  if (wrong >= 0) throw new Broken(`its ${names[wrong]} are not square`);
}

function requireMirrored(window: Window, axis: number, size: number): void {
  const [before, after, stride] = [window.begin[axis], window.end[axis], window.strides[axis]];
  const left = leftOver(window, axis, size);
  if (before === seenAfter(window, axis, size) && !(window.ceil && left > 0)) return;
  if (before !== after)
    throw new Broken(`pads of ${before} before and ${after} after are not symmetric`);
  const span = extent(window.kernel[axis], window.dilations[axis]);
  throw new Broken(
    `stride ${stride} with a window of ${span} on ${size}+${before + after} pixels leaves ${left} over at the end`,
  );
}

/** Pixels behind the last whole window. */
function leftOver(window: Window, axis: number, size: number): number {
  const span = extent(window.kernel[axis], window.dilations[axis]);
  return (size + window.begin[axis] + window.end[axis] - span) % window.strides[axis];
}

/** Pads after an axis that some window sees; negative where none sees the last pixels. */
const seenAfter = (window: Window, axis: number, size: number): number =>
  window.end[axis] - (window.ceil ? 0 : leftOver(window, axis, size));
