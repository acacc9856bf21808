import { expandTo, strides } from '../shapes/fold.js';
import { sizeOf, type Tensor } from '../tensor.js';
import {
  Broken,
  keepUnmixed,
  requireSameOrder,
  type Axis,
  type Context,
  type SymmetryRule,
} from './context.js';
import type { Parity } from './odd.js';

/**
 * Acts on each element alone; constant operands must not tell moved positions apart.
 * @param isOdd in which operands it is odd; in none unless said otherwise.
 */
export const pointwise =
  (isOdd: Parity = () => false): SymmetryRule =>
  context => {
    const { node, axes, inference } = context;
    const variables = node.inputs.filter(name => axes.has(name));
    const output = broadcastAxes(context, variables);
    if (context.relabelling === 'channels') requireOdd(context, isOdd);
    for (const name of node.inputs)
      if (name !== '' && !axes.has(name))
        requireInvariant(context, inference.get(name)?.value, name, output);
    keepUnmixed(context);
    return output;
  };

/** Passes a node that is odd in its operands in which input channels are still apart. */
function requireOdd({ node, unmixed }: Context, isOdd: Parity): void {
  const apart = node.inputs.map(name => unmixed.has(name));
  if (!apart.includes(true) || isOdd(node, apart)) return;
  const isSum = isOdd(
    node,
    apart.map(() => true),
  );
  throw new Broken(
    isSum
      ? 'it shifts the input channels'
      : 'it does not treat both signs of the input channels alike',
  );
}

/** Axes of an elementwise result: operands aligned at the end must agree wherever something moves. */
export function broadcastAxes(context: Context, names: readonly string[]): readonly Axis[] {
  const all = names.map(name => context.axes.get(name)!);
  const known = context.inference.get(context.node.outputs[0])?.dims?.length ?? 0;
  const rank = all.reduce((most, axes) => Math.max(most, axes.length), known);
  return broadcastTogether(all, rank);
}

/** Axes of values that are aligned at the end. @throws Broken where pixels of two are ordered differently along one axis */
export function broadcastTogether(
  all: readonly (readonly Axis[])[],
  rank: number,
): readonly Axis[] {
  if (all.length === 1 && all[0].length === rank) return all[0];
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
  const dims = value?.dims ?? context.inference.get(name)?.dims ?? [];
  if (sizeOf(dims) === 1) return;
  const aligned = axes.slice(axes.length - dims.length);
  if (context.fresh.has(name)) {
    const moved = aligned.filter((axis, i) => dims[i] > 1 && isTouched(context, axis));
    return requireSameOrder(context, name, moved);
  }
  if (!value) throw new Broken(`its operand '${name}' is not known`);
  const varies = (axis: number): boolean => dims[axis] > 1 && !isConstantAlong(value, axis);
  const touched = aligned.map((axis, i) => (isTouched(context, axis) ? i : -1));
  if (touched.some(axis => axis >= 0 && varies(axis)))
    throw new Broken(`its constant '${name}' treats ${objects(context)} differently`);
}

function isTouched({ relabelling, node, unmixed }: Context, axis: Axis): boolean {
  if (relabelling === 'channels')
    return axis.includes('channel') && node.inputs.some(input => unmixed.has(input));
  if (axis.startsWith('mixed')) return true;
  if (relabelling === 'transposition') return axis === 'row' || axis === 'column';
  return axis === (relabelling === 'flip rows' ? 'row' : 'column');
}

const objects = ({ relabelling }: Context): string =>
  relabelling === 'channels' ? 'the input channels' : 'pixels';

function isConstantAlong(value: Tensor, axis: number): boolean {
  const step = strides(value.dims)[axis];
  const size = value.dims[axis];
  const values = expandTo(value, value.dims);
  return values.every((x, i) => x === values[i - (Math.floor(i / step) % size) * step]);
}
