import { allocate, type DataType } from '../data-type.js';
import { numbersOf, sizeOf, tensorOf, type Tensor } from '../tensor.js';
import { broadcast } from './broadcast.js';
import type { Known } from './known.js';
import { broadcastOffsets } from './offsets.js';

/** Constants above this many elements are data, not shapes: nobody needs them before running. */
const largest = 1 << 14;

/** Arguments that a function of JavaScript is called with at most; engines bear some ten thousand. */
export const mostArguments = 1 << 10;

/** Types whose elements are JavaScript numbers or bigints with the same arithmetic. */
const integerTypes = new Set<DataType | undefined>([
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
]);
const arithmeticTypes = new Set<DataType | undefined>([
  ...integerTypes,
  'bool',
  'float32',
  'float64',
]);

/** Whether a type counts in whole numbers, so that its division truncates. */
export const isInteger = (type: DataType | undefined): boolean => integerTypes.has(type);

/** Whether a tensor of these dims is small enough to be computed before running. */
export const isSmall = (dims: readonly number[]): boolean => sizeOf(dims) <= largest;

/** Values of all inputs where every one is a small constant, else undefined. */
export function constants(inputs: readonly (Known | undefined)[]): Tensor[] | undefined {
  const values = inputs.map(input => input?.value);
  return values.every(isFoldable) ? values : undefined;
}

/** Strings have no numbers, and packed or complex elements no index of their own. */
const isFoldable = (value: Tensor | undefined): value is Tensor =>
  value !== undefined &&
  value.type !== 'string' &&
  isSmall(value.dims) &&
  value.data.length === sizeOf(value.dims);

/** The elements of a constant as numbers; undefined where JavaScript cannot count them exactly. */
export function exactNumbers(value: Tensor): number[] | undefined {
  const numbers = numbersOf(value);
  return isInteger(value.type) && !numbers.every(Number.isSafeInteger) ? undefined : numbers;
}

/** A constant from computed numbers; undefined where they may not be what the type would hold. */
export function computed(
  type: DataType | undefined,
  dims: readonly number[],
  numbers: readonly number[],
): Tensor | undefined {
  if (!arithmeticTypes.has(type)) return undefined;
  const values = isInteger(type) ? numbers.map(Math.trunc) : numbers;
  const exact = !isInteger(type) || values.every(Number.isSafeInteger);
  return exact ? tensorOf(type!, dims, values) : undefined;
}

/** An elementwise function of broadcast constants, or undefined where some input is no constant. */
export function foldElementwise(
  inputs: readonly (Known | undefined)[],
  type: DataType | undefined,
  f: (...values: number[]) => number,
): Tensor | undefined {
  const values = constants(inputs);
  const numbers = values?.map(exactNumbers);
  if (!values || !numbers?.every(list => list !== undefined)) return undefined;
  if (values.length > mostArguments) return undefined;
  const dims = broadcast(values.map(value => value.dims));
  if (!isSmall(dims)) return undefined;
  const offsets = values.map(value => broadcastOffsets(value.dims, dims));
  const element = (_: number, i: number): number =>
    f(...numbers.map((list, k) => list[offsets[k][i]]));
  return computed(type, dims, offsets[0].map(element));
}

/** The elements of a constant as they are stored, row-major. */
export const elementsOf = ({ data }: Tensor): readonly (number | bigint)[] =>
  Array.from(data as ArrayLike<number | bigint>);

/** A constant from elements as they are stored: exact for every type. */
export function stored(
  type: DataType,
  dims: readonly number[],
  elements: readonly (number | bigint)[],
): Tensor {
  const data = allocate(type, elements.length);
  elements.forEach((element, i) => ((data as { [at: number]: number | bigint })[i] = element));
  return { type, dims, data };
}

/**
 * What is known of a value that holds elements of an operator's first input at other places.
 * @param offsets places in the input, row-major in the output; only called for constants.
 */
export function moved(
  input: Known | undefined,
  dims: readonly number[],
  offsets: () => readonly number[],
): Known {
  const [value] = constants([input]) ?? [];
  if (!value || !isSmall(dims)) return { type: input?.type, dims };
  const elements = elementsOf(value);
  const picked = offsets().map(at => elements[at]);
  return { type: input?.type, dims, value: stored(value.type, dims, picked) };
}

/** What is known of a value that holds the same elements, row-major, under other dims. */
export function reshaped(input: Known | undefined, dims: readonly number[]): Known {
  return { type: input?.type, dims, value: input?.value && { ...input.value, dims } };
}

/** The elements of a tensor broadcast to these dims, row-major. */
export function expandTo(tensor: Tensor, dims: readonly number[]): number[] {
  const values = numbersOf(tensor);
  return broadcastOffsets(tensor.dims, dims).map(at => values[at]);
}

export { strides } from './offsets.js';
