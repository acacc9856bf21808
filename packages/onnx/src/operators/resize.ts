import type { Resizing } from '../coupling/resize-rule.js';
import { channelwise } from '../coupling/kept-along.js';
import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { getInts, getString } from '../attribute.js';
import { resamplingMatrix } from '../formulas/resampling.js';
import type { Node } from '../graph.js';
import type { Operator } from '../operator.js';
import {
  dimsOf,
  hasInput,
  typeOf,
  Unknown,
  valueOf,
  type Application,
} from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { indices } from '../shapes/offsets.js';
import { scaledDims } from '../shapes/scaled-dims.js';
import { asStated, resampledOn } from '../symmetry/resampled-on.js';
import { numbersOf, tensorOf } from '../tensor.js';
import { resampledEitherWay } from '../upgrades/resampled.js';
import { rewritten } from '../upgrades/rewritten.js';

/** Its input resampled on a grid of other sizes, which are said directly or by scales. */
export const resize: Operator = {
  name: 'Resize',
  inputs: [1, 4],
  coupling: channelwise,
  resized: withSizes,
  symmetry: resampledOn(asStated),
  /** Resampling multiplies each axis by a matrix; the gradient is multiplied by its transpose. */
  gradient: ({ node, inputs: [x], g }, [dy]) => [
    () => {
      const rank = g.dims(x).length;
      return indices(rank).reduce((sum, axis) => {
        const scale = scaleOf(g.application(node), axis, rank);
        if (scale === 1 || (scale === undefined && g.sameSize(x, axis, dy!, axis))) return sum;
        const [from, to] = [g.size(x, axis), g.size(dy!, axis)];
        const matrix = resamplingMatrix(node, { from, to, scale: scale ?? to / from });
        return timesAlong(g, sum, axis, g.constant(tensorOf(g.type(x), [to, from], matrix)));
      }, dy!);
    },
  ],
  upgrade: { since: 13, rewrite: withStatedPlaces },
  infer: application => [{ type: typeOf(application, 0), dims: resizedDims(application) }],
};

/** The scale of an axis where the node says scales. */
function scaleOf(application: Application, axis: number, rank: number): number | undefined {
  const scales = optional(application, application.opset < 11 ? 1 : 2);
  if (!scales || optional(application, 3)) return undefined;
  const axes = getInts(application.node, 'axes', indices(rank));
  return (
    entry(
      scales,
      axes.map(at => normaliseAxis(at, rank)),
      axis,
    ) ?? 1
  );
}

/** Multiplies an axis by a matrix [size × other]. */
function timesAlong(g: Algebra, x: Value, axis: number, matrix: Value): Value {
  const rank = g.dims(x).length;
  const order = indices(rank).map(i => (i === axis ? rank - 1 : i === rank - 1 ? axis : i));
  return g.transpose(g.matMul(g.transpose(x, order), matrix), order);
}

function resizedDims(application: Application): number[] {
  const dims = dimsOf(application, 0);
  if (application.opset < 11) return scaledDims(dims, numbersOf(valueOf(application, 1)));
  const all = getInts(application.node, 'axes', indices(dims.length));
  const axes = all.map(axis => normaliseAxis(axis, dims.length));
  const sizes = optional(application, 3);
  if (sizes) return statedDims(application, dims, axes, sizes);
  const scales = optional(application, 2);
  if (!scales) throw new Error('scales and sizes are both missing');
  if (getString(application.node, 'coordinate_transformation_mode', '') === 'tf_crop_and_resize')
    throw new Unknown('runtimes disagree whether scales are of the crop or of the whole');
  return scaledDims(
    dims,
    dims.map((_, axis) => entry(scales, axes, axis) ?? 1),
  );
}

/** The value of an input; undefined where it is left out, or empty as opset 11 wants it. */
function optional(application: Application, index: number): number[] | undefined {
  const values = hasInput(application, index) ? numbersOf(valueOf(application, index)) : [];
  return values.length > 0 ? values : undefined;
}

const entry = (list: readonly number[], axes: readonly number[], axis: number) =>
  list[axes.indexOf(axis)];

/** Sizes as they are, or the largest within (smallest around) them of the input's proportions. */
function statedDims(
  { node }: Application,
  dims: readonly number[],
  axes: readonly number[],
  sizes: readonly number[],
): number[] {
  const policy = getString(node, 'keep_aspect_ratio_policy', 'stretch');
  const stated = dims.map((size, axis) => entry(sizes, axes, axis) ?? size);
  if (policy === 'stretch') return stated;
  if (getInts(node, 'axes', []).some(axis => axis < 0))
    throw new Unknown('runtimes disagree which proportions are kept of axes counted from the back');
  const ratios = axes.map(axis => Math.fround(stated[axis] / dims[axis]));
  const scale = policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  const scaled = (size: number) => Math.round(Math.fround(scale * size));
  return dims.map((size, axis) => (axes.includes(axis) ? scaled(size) : size));
}

/** Before opset 13 there was one more way to place the elements, which is half_pixel rounded otherwise. */
function withStatedPlaces(old: Application): Node[] {
  const { node, opset } = old;
  if (opset < 11) return resampledEitherWay(old);
  if (getString(node, 'coordinate_transformation_mode', '') !== 'tf_half_pixel_for_nn')
    return [node];
  if (getString(node, 'nearest_mode', '') !== 'floor')
    throw new Error('tf_half_pixel_for_nn is supported with nearest_mode floor only');
  const places = {
    coordinate_transformation_mode: 'half_pixel',
    nearest_mode: 'round_prefer_ceil',
  };
  return [rewritten(node, { set: places })];
}

/** Sizes of what is left, where the node says sizes. */
function withSizes({ before, dims, kept, constant }: Resizing): Node {
  const { node } = before;
  const sizes = optional(before, 3);
  if (before.opset < 11 || !sizes) return node;
  const rank = dims(node.inputs[0]).length;
  const axes = getInts(node, 'axes', indices(rank)).map(axis => normaliseAxis(axis, rank));
  const left = axes.map((axis, i) => {
    const { length } = kept(node.outputs[0], axis);
    return length === dims(node.outputs[0])[axis] ? sizes[i] : length;
  });
  return { ...node, inputs: node.inputs.with(3, constant(left)) };
}
