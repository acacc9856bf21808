import { getInts } from '../attribute.js';
import { Broken, keepUnmixed, main, type Axis, type SymmetryRule } from './context.js';

/** Axes take their meaning along. */
export const permuted: SymmetryRule = context => {
  const input = main(context);
  keepUnmixed(context);
  const permutation = getInts(context.node, 'perm', input.map((_, i) => i).toReversed());
  const output = permutation.map(i => input[i]);
  return output;
};

/** Axes that stay keep their meaning; axes that are merged become mixed. */
export const regrouped: SymmetryRule = context => {
  const { node, inference } = context;
  const from = inference.get(node.inputs[0])?.dims;
  const to = inference.get(node.outputs[0])?.dims;
  if (!from || !to) throw new Broken('its shape is not known');
  keepUnmixed(context);
  return regroupedAxes(main(context), from, to);
};

function regroupedAxes(
  axes: readonly Axis[],
  from: readonly number[],
  to: readonly number[],
): Axis[] {
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
