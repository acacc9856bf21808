import { allocate, type DataType, type TensorData } from './data-type.js';

/**
 * A constant: element type, dims and elements in row-major order. float16 and bfloat16 are held as
 * their bit patterns, complex numbers as pairs, 4- and 2-bit types packed, as in the file.
 */
export interface Tensor {
  readonly type: DataType;
  readonly dims: readonly number[];
  readonly data: TensorData | readonly Uint8Array[];
  /** What else the file says of it (documentation, metadata); kept for a round trip. */
  readonly extra?: object;
}

/** Number of elements of a shape; 1 for a scalar. */
export const sizeOf = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

/** A float32 tensor of these dims. @throws where the number of elements does not match. */
export function floats(dims: readonly number[], data: Float32Array | readonly number[]): Tensor {
  return checked({ type: 'float32', dims, data: Float32Array.from(data) });
}

/** An int64 tensor: a vector, unless dims say otherwise. */
export function integers(
  values: readonly number[],
  dims: readonly number[] = [values.length],
): Tensor {
  return checked({ type: 'int64', dims, data: BigInt64Array.from(values, BigInt) });
}

/** The elements as JavaScript numbers. @throws for types that are not plain numbers. */
export function numbersOf(tensor: Tensor): number[] {
  if (plainTypes.has(tensor.type)) return Array.from(tensor.data as Float32Array, Number);
  if (tensor.type === 'float16') return Array.from(tensor.data as Uint16Array, halfToNumber);
  if (tensor.type === 'bfloat16') return Array.from(tensor.data as Uint16Array, brainToNumber);
  throw new Error(`elements of type ${tensor.type} are not numbers`);
}

/** A tensor of a plain numeric type from JavaScript numbers, cut to the type's range. */
export function tensorOf(
  type: DataType,
  dims: readonly number[],
  values: ArrayLike<number>,
): Tensor {
  const data = allocate(type, values.length);
  const big = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let i = 0; i < values.length; i++)
    (data as unknown as (number | bigint)[])[i] = big ? BigInt(Math.trunc(values[i])) : values[i];
  return checked({ type, dims, data });
}

const plainTypes = new Set<DataType>([
  'float32',
  'float64',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'bool',
]);

function checked(tensor: Tensor): Tensor {
  const size = sizeOf(tensor.dims);
  if (tensor.data.length !== size)
    throw new Error(
      `a tensor of dims [${tensor.dims}] has ${size} elements, got ${tensor.data.length}`,
    );
  return tensor;
}

/** IEEE 754 half precision. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
function brainToNumber(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0];
}
