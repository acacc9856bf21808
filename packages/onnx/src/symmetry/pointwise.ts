import { expandTo, strides } from '../operators/fold.js';
import { sizeOf, type Tensor } from '../tensor.js';
import { Broken, keepUnmixed, type Axis, type Context, type Rule } from './context.js';

/** Acts on each element alone; constant operands must not tell moved positions apart. */
export const pointwise: Rule = context => {
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
export function broadcastAxes(context: Context, names: readonly string[]): readonly Axis[] {
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
