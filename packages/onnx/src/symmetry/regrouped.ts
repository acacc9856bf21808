import { getInts } from '../attribute.js';
import {
  Broken,
  keepUnmixed,
  main,
  type Axis,
  type Context,
  type SymmetryRule,
} from './context.js';
import { factorsOf, merged, type Part } from './mixed-axis.js';

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
  return regroupedAxes(context, from, to);
};

function regroupedAxes(context: Context, from: readonly number[], to: readonly number[]): Axis[] {
  const axes = main(context);
  const isStill = standsStill(context);
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
    const group = axes.slice(first, i);
    output.push(...regroupedTogether(group, from.slice(first, i), to.slice(start, j), isStill));
  }
  return output;
}

/** Whether a relabelling moves nothing along an axis. */
type IsStill = (axis: Axis) => boolean;

const standsStill =
  ({ relabelling, node, unmixed }: Context): IsStill =>
  axis =>
    !(relabelling === 'channels' && unmixed.has(node.inputs[0])) &&
    (axis === 'batch' || axis === 'channel');

/** Axes of dims that hold as many elements as those that they take the place of. */
function regroupedTogether(
  axes: readonly Axis[],
  from: readonly number[],
  to: readonly number[],
  isStill: IsStill,
): Axis[] {
  const real = axes.filter((_, k) => from[k] !== 1);
  if (real.length === 0) return to.map((_, k) => axes[k] ?? 'channel');
  const left = axes.flatMap((axis, k) => partsOf({ axis, size: from[k] }));
  const groups = to.map(size => takenFrom(left, size, isStill));
  if (groups.every(group => group !== undefined)) return groups.map(axisOf);
  if (real.every(axis => axis === 'channel')) return to.map(() => 'channel');
  throw new Broken('it splits axes that pixels are spread over');
}

/** What an axis was merged of, down to axes that were not. */
const partsOf = (part: Part): readonly Part[] =>
  factorsOf(part.axis)?.flatMap(partsOf) ?? (part.size === 1 ? [] : [part]);

/** Takes the first parts that together are of a size; one in which nothing moves may be split. @returns undefined where they do not add up to it */
function takenFrom(left: Part[], size: number, isStill: IsStill): readonly Part[] | undefined {
  const taken: Part[] = [];
  for (let rest = size; rest > 1;) {
    const part = left.shift();
    if (!part) return undefined;
    if (rest % part.size === 0) taken.push(part);
    else if (part.size % rest === 0 && isStill(part.axis)) {
      taken.push({ ...part, size: rest });
      left.unshift({ axis: 'channel', size: part.size / rest });
    } else return undefined;
    rest = Math.floor(rest / part.size);
  }
  return taken;
}

function axisOf(parts: readonly Part[]): Axis {
  if (parts.length === 0) return 'channel';
  if (parts.length === 1) return parts[0].axis;
  return parts.every(({ axis }) => axis === 'channel') ? 'channel' : merged(parts);
}
