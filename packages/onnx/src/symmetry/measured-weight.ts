import type { Node } from '../graph.js';
import { indices, strides } from '../shapes/offsets.js';
import { numbersOf, sizeOf, type Tensor } from '../tensor.js';
import { Broken, type Axis, type Context } from './context.js';

/**
 * The drawn weight W behind a kernel that the graph computes by a measure, W ⊙ d or W M over the places of the kernel: where a
 * relabelling leaves the measure as it is, kernels of relabelled weights are relabelled kernels.
 * @param space what the last axes of the kernel slide along
 * @returns undefined where the kernel is computed in another way
 * @throws Broken where the measure tells relabelled places or channels apart
 */
export function measuredWeight(
  context: Context,
  name: string,
  space: readonly Axis[],
): string | undefined {
  const found = factorsOf(context, name);
  if (!found) return undefined;
  const { weight, measure, isMatrix } = found;
  const dims = context.inference.get(name)?.dims ?? [];
  const value = context.inference.get(measure)?.value;
  if (!value || dims.join() !== context.inference.get(weight)?.dims?.join()) return undefined;
  const kernel = dims.slice(2);
  const shape = isMatrix ? [sizeOf(kernel), sizeOf(kernel)] : kernel;
  if (value.dims.slice(-shape.length).join() !== shape.join()) return undefined;
  if (!isInvariant(context, value, isMatrix ? [kernel, kernel] : [kernel], space))
    throw new Broken(`its measure '${measure}' is another one after the relabelling`);
  return weight;
}

interface Factors {
  readonly weight: string;
  readonly measure: string;
  readonly isMatrix: boolean;
}

function factorsOf(context: Context, name: string): Factors | undefined {
  const node = behindReshapes(context, name);
  if (node?.operator !== 'Mul' && node?.operator !== 'MatMul') return undefined;
  const isMatrix = node.operator === 'MatMul';
  const [first, second] = node.inputs.map(input => sourceOf(context, input));
  if (context.fresh.has(first)) return { weight: first, measure: second, isMatrix };
  return !isMatrix && context.fresh.has(second)
    ? { weight: second, measure: first, isMatrix }
    : undefined;
}

/** The node that computes a value, but for such as only give it other dims. */
function behindReshapes({ makers }: Context, name: string): Node | undefined {
  let node = makers.get(name);
  while (node?.operator === 'Reshape') node = makers.get(node.inputs[0]);
  return node;
}

function sourceOf({ makers }: Context, name: string): string {
  let source = name;
  for (let node = makers.get(source); node?.operator === 'Reshape'; node = makers.get(source))
    [source] = node.inputs;
  return source;
}

/**
 * Whether a measure stays the same where the places of the kernel move, in all of its lists of places at once, and under a relabelling of
 * channels whether all have the same one.
 * @param lists dims of the places, for each list at the end of the measure
 */
function isInvariant(
  { relabelling }: Context,
  measure: Tensor,
  lists: readonly (readonly number[])[],
  space: readonly Axis[],
): boolean {
  const values = numbersOf(measure);
  const shape = lists.flat();
  const block = sizeOf(shape);
  if (relabelling === 'channels') return values.every((x, i) => x === values[i % block]);
  const moved = movedOffsets(relabelling, shape, lists, space);
  return values.every((x, i) => x === values[i - (i % block) + moved[i % block]]);
}

/** Where the elements of a measure come from when all places move. */
function movedOffsets(
  relabelling: Context['relabelling'],
  shape: readonly number[],
  lists: readonly (readonly number[])[],
  space: readonly Axis[],
): number[] {
  const steps = strides(shape);
  const [row, column] = [space.indexOf('row'), space.indexOf('column')];
  return indices(sizeOf(shape)).map(offset => {
    let to = 0;
    lists.forEach((dims, list) => {
      const at = dims.map((size, axis) => {
        const step = steps[list * dims.length + axis];
        return Math.floor(offset / step) % size;
      });
      if (relabelling === 'transposition') [at[row], at[column]] = [at[column], at[row]];
      const mirrored = { 'flip rows': row, 'flip columns': column }[relabelling as string];
      if (mirrored !== undefined) at[mirrored] = dims[mirrored] - 1 - at[mirrored];
      at.forEach((place, axis) => (to += place * steps[list * dims.length + axis]));
    });
    return to;
  });
}
