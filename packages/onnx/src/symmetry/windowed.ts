import { getInt, getInts } from '../attribute.js';
import { extent, windowOf, type Window } from '../operators/window.js';
import { sizeOf } from '../tensor.js';
import { Broken, keepUnmixed, type Axis, type Context, type Rule } from './context.js';

/** Convolutions and poolings: the grid of windows must map onto itself. */
export const windowed =
  (weight?: number): Rule =>
  context => {
    const { node, inference, axes } = context;
    const input = axes.get(node.inputs[0]);
    if (!input) throw new Broken('its weights depend on the image');
    const dims = inference.get(node.inputs[0])?.dims ?? [];
    const kernel = getInts(
      node,
      'kernel_shape',
      inference.get(node.inputs[1])?.dims?.slice(2) ?? [],
    );
    if (context.relabelling !== 'channels')
      requireSymmetricGrid(
        context,
        input.slice(2),
        windowOf(node, kernel, dims.slice(2)),
        dims.slice(2),
      );
    if (weight === undefined) keepUnmixed(context);
    else requireFreshWeight(context, node.inputs[weight], kernel);
    return ['batch', 'channel', ...input.slice(2)];
  };

function requireFreshWeight(context: Context, name: string, kernel: readonly number[]): void {
  const { node, fresh, unmixed, relabelling } = context;
  const touched = relabelling === 'channels' ? unmixed.has(node.inputs[0]) : sizeOf(kernel) > 1;
  if (!touched) return;
  if (!fresh.has(name)) throw new Broken(`its weights '${name}' are not drawn`);
  if (relabelling === 'channels' && getInt(node, 'group', 1) !== 1)
    throw new Broken('its groups keep input channels apart');
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
  if (context.relabelling === 'transposition') requireSquare(window, row, column);
  if (context.relabelling === 'flip rows' && row >= 0) requireMirrored(window, row, sizes[row]);
  if (context.relabelling === 'flip columns' && column >= 0)
    requireMirrored(window, column, sizes[column]);
}

function requireSquare(window: Window, row: number, column: number): void {
  if (row < 0 && column < 0) return;
  const lists = [window.kernel, window.strides, window.dilations, window.begin, window.end];
  const names = ['kernel', 'strides', 'dilations', 'pads', 'pads'];
  const wrong = row < 0 || column < 0 ? 0 : lists.findIndex(list => list[row] !== list[column]);
  if (wrong >= 0) throw new Broken(`its ${names[wrong]} are not square`);
}

function requireMirrored(window: Window, axis: number, size: number): void {
  const [before, after, stride] = [window.begin[axis], window.end[axis], window.strides[axis]];
  if (before !== after)
    throw new Broken(`pads of ${before} before and ${after} after are not symmetric`);
  const span = extent(window.kernel[axis], window.dilations[axis]);
  const left = (size + before + after - span) % stride;
  if (left !== 0)
    throw new Broken(
      `stride ${stride} with a window of ${span} on ${size}+${before + after} pixels leaves ${left} over at the end`,
    );
}
