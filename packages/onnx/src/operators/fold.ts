import type { DataType } from '../data-type.js';
import { numbersOf, sizeOf, tensorOf, type Tensor } from '../tensor.js';
import { broadcast } from './broadcast.js';
import type { Known } from './operator.js';

/** Constants above this many elements are data, not shapes: nobody needs them before running. */
const largest = 1 << 14;

/** Values of all inputs where every one is a small constant, else undefined. */
export function constants(inputs: readonly (Known | undefined)[]): Tensor[] | undefined {
  const values = inputs.map(input => input?.value);
  return values.every(isSmall) ? values : undefined;
}

const isSmall = (value: Tensor | undefined): value is Tensor =>
  value !== undefined && value.type !== 'string' && sizeOf(value.dims) <= largest;

/** An elementwise function of broadcast constants, or undefined where some input is no constant. */
export function foldElementwise(
  inputs: readonly (Known | undefined)[],
  type: DataType | undefined,
  f: (...values: number[]) => number,
): Tensor | undefined {
  const values = constants(inputs);
  if (!values || !type) return undefined;
  const dims = broadcast(...values.map(value => value.dims));
  const operands = values.map(value => expandTo(value, dims));
  const results = operands[0].map((_, i) => f(...operands.map(operand => operand[i])));
  return tensorOf(type, dims, results);
}

/** The elements of a tensor broadcast to these dims, row-major. */
export function expandTo(tensor: Tensor, dims: readonly number[]): number[] {
  const values = numbersOf(tensor);
  const padded = [...Array<number>(dims.length - tensor.dims.length).fill(1), ...tensor.dims];
  const steps = strides(padded).map((step, axis) => (padded[axis] === 1 ? 0 : step));
  return gatherStrided(values, dims, steps);
}

/** Row-major strides. */
export function strides(dims: readonly number[]): number[] {
  const steps = Array<number>(dims.length).fill(1);
  for (let axis = dims.length - 2; axis >= 0; axis--)
    steps[axis] = steps[axis + 1] * dims[axis + 1];
  return steps;
}

/** Elements at offset + Σ index·step over all indices of these dims, row-major. */
export function gatherStrided<T>(
  values: readonly T[],
  dims: readonly number[],
  steps: readonly number[],
  offset = 0,
): T[] {
  let offsets = [offset];
  dims.forEach((size, axis) => {
    offsets = offsets.flatMap(start =>
      Array.from({ length: size }, (_, i) => start + i * steps[axis]),
    );
  });
  return offsets.map(at => values[at]);
}
