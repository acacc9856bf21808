import { expandTo, strides } from '../shapes/fold.js';
import { sizeOf, type Tensor } from '../tensor.js';
import {
  Broken,
  isTouched,
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
    const { node, axes } = context;
    const variables = node.inputs.filter(name => axes.has(name));
    const output = broadcastAxes(context, variables);
    if (context.relabelling === 'channels') requireOdd(context, isOdd);
    for (const name of node.inputs)
      if (name !== '' && !axes.has(name)) requireInvariant(context, name, output);
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
  const all = names.map(name => operandOf(context, name));
  const known = context.inference.get(context.node.outputs[0])?.dims?.length ?? 0;
  const rank = all.reduce((most, { axes }) => Math.max(most, axes.length), known);
  return broadcastTogether(all, rank);
}

/** Axes of a value that depends on the image, and their sizes as far as they are known. */
export interface Operand {
  readonly axes: readonly Axis[];
  readonly dims: readonly number[];
}

/** A value that depends on the image as an operand. */
export const operandOf = ({ axes, inference }: Context, name: string): Operand => ({
  axes: axes.get(name)!,
  dims: inference.get(name)?.dims ?? [],
});

/** Axes of values that are aligned at the end. @throws Broken where pixels of two are ordered differently along one axis, or of one alone */
export function broadcastTogether(all: readonly Operand[], rank: number): readonly Axis[] {
  if (all.length === 1 && all[0].axes.length === rank) return all[0].axes;
  return Array.from({ length: rank }, (_, i) => {
    const here = all.flatMap(({ axes, dims }) => {
      const at = i - rank + axes.length;
      return at < 0 ? [] : [{ axis: axes[at], size: dims[at] }];
    });
    const moved = new Set(here.map(({ axis }) => axis).filter(axis => !isStill(axis)));
    if (moved.size > 1) throw new Broken('it combines values whose pixels are ordered differently');
    if (moved.size === 1 && here.some(({ axis, size }) => isStill(axis) && size !== 1))
      throw new Broken('it combines pixels with values that are none');
    return [...moved][0] ?? here[0]?.axis ?? 'channel';
  });
}

const isStill = (axis: Axis): boolean => axis === 'channel' || axis === 'batch';

/** A constant operand must look the same after the relabelling, unless its elements are drawn alike. */
export function requireInvariant(context: Context, name: string, axes: readonly Axis[]): void {
  const value = context.inference.get(name)?.value;
  const dims = value?.dims ?? context.inference.get(name)?.dims ?? [];
  if (sizeOf(dims) === 1) return;
  const aligned = axes.slice(axes.length - dims.length);
  if (context.fresh.has(name)) return requireSameOrder(context, name, aligned);
  if (!value) throw new Broken(`its operand '${name}' is not known`);
  const varies = (axis: number): boolean => dims[axis] > 1 && !isConstantAlong(value, axis);
  const touched = aligned.map((axis, i) => (isTouched(context, axis) ? i : -1));
  if (touched.some(axis => axis >= 0 && varies(axis)))
    throw new Broken(`its constant '${name}' treats ${objects(context)} differently`);
}

const objects = ({ relabelling }: Context): string =>
  relabelling === 'channels' ? 'the input channels' : 'pixels';

function isConstantAlong(value: Tensor, axis: number): boolean {
  const step = strides(value.dims)[axis];
  const size = value.dims[axis];
  const values = expandTo(value, value.dims);
  return values.every((x, i) => x === values[i - (Math.floor(i / step) % size) * step]);
}
