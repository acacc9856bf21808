import { getInt, getInts, getString } from './attribute.js';
import type { Graph, Node } from './graph.js';
import type { ImageInput } from './image-input.js';
import type { Inference } from './infer-shapes.js';
import { extent, windowOf, type Window } from './operators/window.js';
import { expandTo, strides } from './operators/fold.js';
import { sizeOf, type Tensor } from './tensor.js';

/** A relabelling of the pixels or channels of an image. */
export type Relabelling = 'transposition' | 'flip rows' | 'flip columns' | 'channels';

/** Whether the distribution of networks with fresh weights is unchanged by a relabelling, and why. */
export interface Symmetry {
  readonly relabelling: Relabelling;
  readonly holds: boolean;
  readonly reason: string;
}

/**
 * The symmetries of an architecture, derived from its graph. Fresh weights are independent and
 * identically distributed within a tensor, so a relabelling of a layer's inputs or of its kernel
 * positions gives an equally likely network. A symmetry holds where every operator commutes with it
 * up to such a relabelling; the first operator that does not is named.
 * @param fresh names of the initializers that are drawn.
 */
export function symmetries(
  graph: Graph,
  inference: Inference,
  image: ImageInput,
  fresh: ReadonlySet<string>,
): Symmetry[] {
  const relabellings: Relabelling[] = ['transposition', 'flip rows', 'flip columns', 'channels'];
  return relabellings.map(relabelling => derive(relabelling, graph, inference, image, fresh));
}

/**
 * What an axis of a value stands for. `mixed` axes list pixels and channels in some order: a
 * relabelling permutes them. Pixel axes of size one are `channel`: nothing moves there.
 */
type Axis = 'batch' | 'row' | 'column' | 'channel' | `mixed ${string}`;

interface Context {
  readonly relabelling: Relabelling;
  readonly inference: Inference;
  readonly fresh: ReadonlySet<string>;
  /** Axes of every value that depends on the input. */
  readonly axes: Map<string, readonly Axis[]>;
  /** Values in which input channels are still apart: no layer has mixed them. */
  readonly unmixed: Set<string>;
  readonly node: Node;
}

/** Says why an operator does not commute with the relabelling. */
class Broken extends Error {}

function derive(
  relabelling: Relabelling,
  graph: Graph,
  inference: Inference,
  image: ImageInput,
  fresh: ReadonlySet<string>,
): Symmetry {
  const unsuited = misfit(relabelling, image);
  if (unsuited) return { relabelling, holds: false, reason: unsuited };
  const axes = new Map([[image.name, inputAxes(image)]]);
  const unmixed = new Set([image.name]);
  for (const node of graph.nodes) {
    if (!node.inputs.some(name => axes.has(name))) continue;
    const broken = attempt({ relabelling, inference, fresh, axes, unmixed, node });
    if (broken)
      return {
        relabelling,
        holds: false,
        reason: `'${node.name || node.outputs[0]}' (${node.operator}): ${broken}`,
      };
  }
  const left = relabelling === 'channels' && graph.outputs.some(({ name }) => unmixed.has(name));
  return {
    relabelling,
    holds: true,
    reason: left ? 'outputs are the pixels themselves' : reasons[relabelling],
  };
}

const reasons: Readonly<Record<Relabelling, string>> = {
  transposition: 'every kernel, stride, pad and size is square',
  'flip rows': 'every window grid is symmetric along the rows',
  'flip columns': 'every window grid is symmetric along the columns',
  channels: 'the first layer draws the weights of all input channels alike',
};

function misfit(relabelling: Relabelling, image: ImageInput): string | undefined {
  if (relabelling === 'transposition' && image.height !== image.width)
    return `images of ${image.height}×${image.width} are not square`;
  if (relabelling === 'channels' && image.channels === 1) return 'there is one channel';
  return undefined;
}

function attempt(context: Context): string | undefined {
  try {
    const outputs = propagate(context);
    context.node.outputs.forEach(
      name => name && context.axes.set(name, withoutUnitAxes(context, name, outputs)),
    );
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    throw error;
  }
}

function inputAxes({ layout }: ImageInput): readonly Axis[] {
  return layout === 'NCHW'
    ? ['batch', 'channel', 'row', 'column']
    : ['batch', 'row', 'column', 'channel'];
}

/** On an axis of size one nothing moves. */
function withoutUnitAxes(
  { inference }: Context,
  name: string,
  axes: readonly Axis[],
): readonly Axis[] {
  const dims = inference.get(name)?.dims ?? [];
  return axes.map((axis, i) => (axis !== 'batch' && dims[i] === 1 ? 'channel' : axis));
}

function propagate(context: Context): readonly Axis[] {
  const rule = rules[context.node.operator];
  if (rule) return rule(context);
  const axes = main(context);
  if (moving(context, axes)) throw new Broken('it is not known how it acts on relabelled pixels');
  return axes;
}

/** Axes of the value at the first input that depends on the image. */
const main = ({ node, axes }: Context): readonly Axis[] =>
  axes.get(node.inputs.find(name => axes.has(name))!)!;

/** Whether the relabelling moves anything along these axes. */
function moving(context: Context, axes: readonly Axis[]): boolean {
  if (context.relabelling === 'channels')
    return context.node.inputs.some(name => context.unmixed.has(name));
  return axes.some(axis => axis === 'row' || axis === 'column' || axis.startsWith('mixed'));
}

type Rule = (context: Context) => readonly Axis[];

/** Hands on that channels are still apart. */
function keepUnmixed({ node, unmixed }: Context): void {
  if (node.inputs.some(name => unmixed.has(name)))
    for (const name of node.outputs) unmixed.add(name);
}

/** Acts on each element alone; constant operands must not tell moved positions apart. */
const pointwise: Rule = context => {
  const { node, axes, inference } = context;
  const variables = node.inputs.filter(name => axes.has(name));
  const output = broadcastAxes(context, variables);
  for (const name of node.inputs)
    if (name !== '' && !axes.has(name))
      requireInvariant(context, inference.get(name)?.value, name, output);
  keepUnmixed(context);
  return output;
};

/** Axes of an elementwise result: operands aligned at the end must agree wherever something moves. */
function broadcastAxes(context: Context, names: readonly string[]): readonly Axis[] {
  const all = names.map(name => context.axes.get(name)!);
  const rank = Math.max(
    ...all.map(axes => axes.length),
    context.inference.get(context.node.outputs[0])?.dims?.length ?? 0,
  );
  return Array.from({ length: rank }, (_, i) => {
    const here = all.flatMap(axes => axes[i - rank + axes.length] ?? []);
    const moved = new Set(here.filter(axis => axis !== 'channel' && axis !== 'batch'));
    if (moved.size > 1) throw new Broken('it combines values whose pixels are ordered differently');
    return [...moved][0] ?? here[0] ?? 'channel';
  });
}

/** A constant operand must look the same after the relabelling, unless its elements are drawn alike. */
function requireInvariant(
  context: Context,
  value: Tensor | undefined,
  name: string,
  axes: readonly Axis[],
): void {
  if (context.fresh.has(name)) return;
  const dims = value?.dims ?? context.inference.get(name)?.dims ?? [];
  if (sizeOf(dims) === 1) return;
  if (!value) throw new Broken(`its operand '${name}' is not known`);
  const aligned = axes.slice(axes.length - dims.length);
  const varies = (axis: number): boolean => dims[axis] > 1 && !isConstantAlong(value, axis);
  const row = aligned.indexOf('row');
  const column = aligned.indexOf('column');
  const channel = aligned.indexOf('channel');
  const mixed = aligned.findIndex(axis => axis.startsWith('mixed'));
  if (context.relabelling === 'channels') {
    if (
      channel >= 0 &&
      varies(channel) &&
      context.node.inputs.some(input => context.unmixed.has(input))
    )
      throw new Broken(`its constant '${name}' treats the input channels differently`);
    return;
  }
  const touched = {
    transposition: [row, column, mixed],
    'flip rows': [row, mixed],
    'flip columns': [column, mixed],
  };
  if (touched[context.relabelling].some(axis => axis >= 0 && varies(axis)))
    throw new Broken(`its constant '${name}' treats pixels differently`);
}

function isConstantAlong(value: Tensor, axis: number): boolean {
  const step = strides(value.dims)[axis];
  const size = value.dims[axis];
  const values = expandTo(value, value.dims);
  return values.every((x, i) => x === values[i - (Math.floor(i / step) % size) * step]);
}

/** Convolutions and poolings: the grid of windows must map onto itself. */
const windowed =
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

const globalPool: Rule = context => {
  keepUnmixed(context);
  return main(context).map((axis, i) => (i < 2 ? axis : 'channel'));
};

/** Averages over both pixel axes or none. */
const reduction: Rule = context => {
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

/** A drawn matrix mixes its inputs: whatever their order was, the outputs do not know it. */
const linear: Rule = context => {
  const { node, axes, fresh } = context;
  const input = axes.get(node.inputs[0]);
  if (!input || axes.has(node.inputs[1]))
    throw new Broken('it multiplies values that both depend on the image');
  const last = input.at(-1)!;
  const moved =
    context.relabelling === 'channels' ? context.unmixed.has(node.inputs[0]) : last !== 'channel';
  if (moved && !fresh.has(node.inputs[1]))
    throw new Broken(`its weights '${node.inputs[1]}' are not drawn`);
  if (context.relabelling === 'transposition' && (last === 'row' || last === 'column'))
    throw new Broken('it mixes rows or columns only');
  if (
    context.relabelling === 'channels' &&
    moved &&
    last !== 'channel' &&
    !last.includes('channel')
  )
    keepUnmixed(context);
  return [...input.slice(0, -1), 'channel'];
};

const transpose: Rule = context => {
  const input = main(context);
  keepUnmixed(context);
  const permutation = getInts(context.node, 'perm', input.map((_, i) => i).toReversed());
  const output = permutation.map(i => input[i]);
  return output;
};

/** Axes that stay keep their meaning; axes that are merged become mixed. */
const regroup: Rule = context => {
  const { node, inference } = context;
  const from = inference.get(node.inputs[0])?.dims;
  const to = inference.get(node.outputs[0])?.dims;
  if (!from || !to) throw new Broken('its shape is not known');
  keepUnmixed(context);
  return regrouped(main(context), from, to);
};

function regrouped(axes: readonly Axis[], from: readonly number[], to: readonly number[]): Axis[] {
  const output: Axis[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [first, start] = [i, j];
    let [left, right] = [from[i++] ?? 1, to[j++] ?? 1];
    while (left !== right) {
      if (left < right) left *= from[i++] ?? NaN;
      else right *= to[j++] ?? NaN;
      if (Number.isNaN(left + right))
        throw new Broken('it regroups axes in a way that is not known');
    }
    output.push(...mergeAxes(axes.slice(first, i), from.slice(first, i), to.slice(start, j)));
  }
  return output;
}

function mergeAxes(axes: readonly Axis[], from: readonly number[], to: readonly number[]): Axis[] {
  const real = axes.filter((_, k) => from[k] !== 1);
  if (real.length === 1 && to.filter(size => size !== 1).length <= 1)
    return to.map(size => (size === 1 ? 'channel' : real[0]));
  if (real.length === 0) return to.map((_, k) => axes[k] ?? 'channel');
  if (real.every(axis => axis === 'channel')) return to.map(() => 'channel');
  if (to.length > 1 || real.includes('batch'))
    throw new Broken('it splits axes that pixels are spread over');
  return [`mixed ${axes.map((axis, k) => `${axis} ${from[k]}`).join(' × ')}`];
}

const concat: Rule = context => {
  const { node, axes } = context;
  const all = node.inputs.map(name => axes.get(name));
  const rank = main(context).length;
  const axis = (getInt(node, 'axis', 1) + rank) % rank;
  for (const [i, input] of all.entries())
    if (!input && !context.fresh.has(node.inputs[i]))
      throw new Broken('it joins constants to the image');
  const moved = main(context)[axis];
  if (moved !== 'channel' && moved !== 'batch')
    throw new Broken('it joins values along an axis of pixels');
  if (context.relabelling === 'channels' && node.inputs.some(name => context.unmixed.has(name)))
    throw new Broken('it joins input channels to other values');
  return broadcastAxes(
    context,
    node.inputs.filter(name => axes.has(name)),
  );
};

/** Padding must be the same on both sides of mirrored axes, and of rows and columns. */
const pad: Rule = context => {
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

/** Nearest-neighbour and linear enlargement by whole factors commutes with all relabellings of pixels. */
const resize: Rule = context => {
  const { node, inference } = context;
  const input = main(context);
  const from = inference.get(node.inputs[0])?.dims ?? [];
  const to = inference.get(node.outputs[0])?.dims ?? [];
  const ratios = from.map((size, i) => to[i] / size);
  const mode = getString(node, 'mode', 'nearest');
  const whole = ratios.every(Number.isInteger);
  const [row, column] = [input.indexOf('row'), input.indexOf('column')];
  if (context.relabelling === 'transposition' && ratios[row] !== ratios[column])
    throw new Broken('its scales are not square');
  const symmetric =
    mode === 'nearest'
      ? whole
      : getString(node, 'coordinate_transformation_mode', 'half_pixel') !== 'asymmetric' &&
        node.operator === 'Resize';
  if (context.relabelling.startsWith('flip') && !symmetric)
    throw new Broken('its sampling grid is not symmetric');
  keepUnmixed(context);
  return input;
};

/** Normalises along the axes that it is given, treating positions alike. */
const normalisation: Rule = context => {
  if (context.relabelling === 'channels' && moving(context, main(context)))
    throw new Broken('it treats input channels differently');
  return main(context);
};

const softmax: Rule = context => {
  const input = main(context);
  const axis = getInt(context.node, 'axis', -1);
  const kind = input[(axis + input.length) % input.length];
  if (context.relabelling === 'transposition' && (kind === 'row' || kind === 'column'))
    throw new Broken('it normalises rows or columns only');
  keepUnmixed(context);
  return input;
};

const named = (operators: string, rule: Rule): [string, Rule][] =>
  operators.split(' ').map(name => [name, rule]);

const rules: Readonly<Record<string, Rule>> = Object.fromEntries([
  ...named('Conv', windowed(1)),
  ...named('MaxPool AveragePool LpPool', windowed()),
  ...named('GlobalAveragePool GlobalMaxPool GlobalLpPool', globalPool),
  ...named('ReduceMean ReduceSum ReduceMax ReduceMin ReduceL2', reduction),
  ...named('Gemm MatMul', linear),
  ...named('Transpose', transpose),
  ...named('Reshape Flatten Squeeze Unsqueeze', regroup),
  ...named('Concat', concat),
  ...named('Pad', pad),
  ...named('Resize Upsample', resize),
  ...named('BatchNormalization InstanceNormalization GroupNormalization LRN', normalisation),
  ...named('Softmax LogSoftmax', softmax),
  ...named('Add Sub Mul Div Pow Min Max Sum Mean Where Clip PRelu', pointwise),
  ...named(
    'Relu LeakyRelu Elu Selu Celu Gelu Sigmoid HardSigmoid HardSwish Mish Softplus Softsign Tanh Erf',
    pointwise,
  ),
  ...named(
    'Exp Log Sqrt Abs Neg Reciprocal Identity Cast Dropout Floor Ceil Round Sign ThresholdedRelu',
    pointwise,
  ),
]);
