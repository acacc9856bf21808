import { getInt } from '../attribute.js';
import {
  Broken,
  keepUnmixed,
  moving,
  notDrawn,
  requireSameOrder,
  type Axis,
  type Context,
  type SymmetryRule,
} from './context.js';
import { requireInvariant } from './pointwise.js';

/** A drawn matrix mixes its inputs: whatever their order was, the outputs do not know it. */
export const mixed: SymmetryRule = context => {
  const { node, axes, fresh, relabelling, unmixed } = context;
  const [values, weight, bias] = node.inputs;
  const input = axes.get(values);
  if (!input) throw new Broken('it multiplies the image from the left');
  if (axes.has(weight)) throw new Broken('it multiplies values that both depend on the image');
  if (bias && axes.has(bias)) throw new Broken('it adds values that depend on the image');
  const last = input.at(-1)!;
  const moved = relabelling === 'channels' ? unmixed.has(values) : last !== 'channel';
  if (moved && !fresh.has(weight)) throw notDrawn(context, weight);
  if (moving(context, input) && !isUniformMatrix(context, weight))
    throw new Broken(`its weights '${weight}' differ from place to place`);
  if (relabelling === 'transposition' && (last === 'row' || last === 'column'))
    throw new Broken('it mixes rows or columns only');
  requireSameOrder(context, weight, axesOfMatrix(context, weight, input));
  if (relabelling === 'channels' && moved && !mixes(last)) keepUnmixed(context);
  const output = outputAxes(context, weight, input);
  if (bias) requireInvariant(context, bias, output);
  return output;
};

/** What the axes of the matrices go along: rows along the inputs, and leading axes along those of the values. */
function axesOfMatrix(
  { node, inference }: Context,
  weight: string,
  input: readonly Axis[],
): readonly Axis[] {
  const rank = inference.get(weight)?.dims?.length ?? 2;
  const last = input.at(-1)!;
  if (rank === 1) return [last];
  const matrix: Axis[] = getInt(node, 'transB', 0) ? ['channel', last] : [last, 'channel'];
  const leading = Array.from({ length: rank - 2 }, (_, i) => input[input.length - rank + i]);
  return [...leading.map(axis => axis ?? 'channel'), ...matrix];
}

/** A vector of weights takes the last axis away; matrices of more axes than the values have put theirs before. */
function outputAxes(
  { inference }: Context,
  weight: string,
  input: readonly Axis[],
): readonly Axis[] {
  const rank = inference.get(weight)?.dims?.length ?? 2;
  if (rank === 1) return input.slice(0, -1);
  const before = Array<Axis>(Math.max(0, rank - input.length)).fill('channel');
  return [...before, ...input.slice(0, -1), 'channel'];
}

const mixes = (axis: Axis): boolean => axis.includes('channel');

/** One matrix for all places, whose rows are the inputs. */
const isUniformMatrix = ({ node, fresh, inference }: Context, weight: string): boolean =>
  getInt(node, 'transA', 0) === 0 &&
  (fresh.has(weight) || (inference.get(weight)?.dims ?? []).length <= 2);
