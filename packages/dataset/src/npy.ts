import { float16 } from './float16.js';
import type { DataOf, DType, NdArray } from './nd-array.js';
import { decodeNpyHeader, encodeNpyHeader } from './npy-header.js';

interface Element {
  dtype: DType;
  /** Kind and size in bytes, as numpy writes them. */
  code: string;
  array: new (buffer: ArrayBuffer) => DataOf[DType];
}

const elements: readonly Element[] = [
  { dtype: 'bool', code: 'b1', array: Uint8Array },
  { dtype: 'int8', code: 'i1', array: Int8Array },
  { dtype: 'int16', code: 'i2', array: Int16Array },
  { dtype: 'int32', code: 'i4', array: Int32Array },
  { dtype: 'int64', code: 'i8', array: BigInt64Array },
  { dtype: 'uint8', code: 'u1', array: Uint8Array },
  { dtype: 'uint16', code: 'u2', array: Uint16Array },
  { dtype: 'uint32', code: 'u4', array: Uint32Array },
  { dtype: 'uint64', code: 'u8', array: BigUint64Array },
  { dtype: 'float32', code: 'f4', array: Float32Array },
  { dtype: 'float64', code: 'f8', array: Float64Array },
];
const hostIsBigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;
/** numpy's own limit. */
const mostAxes = 64;

/**
 * The array in a .npy file of format version 1, 2 or 3, of either byte order and either axis order.
 * The values are a copy in C order; float16 comes out as float32. (numpy.lib.format)
 * @throws if the bytes are not such a file, hold other than plain numbers, or do not fit their own
 *   header; messages start with `file`.
 */
export function decodeNpy(bytes: Uint8Array, file = 'npy'): NdArray {
  const { code, bigEndian, fortranOrder, shape, offset, byteLength } = decodeNpyHeader(bytes, file);
  const found = bytes.length - offset;
  if (found !== byteLength)
    throw new Error(
      `${file}: shape (${shape.join(', ')}) of ${code} takes ${byteLength} bytes, but ${found} follow` +
        ` the header; ${found < byteLength ? 'copy the file again' : 'save one array per file'}`,
    );
  const stored = bytes.subarray(offset);
  const values = fortranOrder ? cOrder(stored, itemSize(code), shape) : new Uint8Array(stored);
  if (bigEndian !== hostIsBigEndian) swapBytes(values, itemSize(code));
  return { ...typed(code, values.buffer), shape };
}

/**
 * The .npy file of an array, byte for byte as numpy 2 writes it: version 1.0, little endian, C order.
 * @throws if the data are of another type or length than `dtype` and `shape` say.
 */
export function encodeNpy(array: NdArray): Uint8Array {
  const { dtype, data, shape } = array;
  const header = encodeNpyHeader(npyCode(dtype, shape), shape);
  const values = npyBytes(dtype, data);
  if (shape.reduce((a, b) => a * b, 1) !== data.length)
    throw new Error(`npy: shape (${shape.join(', ')}) does not hold ${data.length} values`);
  const bytes = new Uint8Array(header.length + values.length);
  bytes.set(header);
  bytes.set(values, header.length);
  return bytes;
}

/** Kind and size in bytes of an array's values, as numpy writes them. @throws where numpy reads no such array */
export function npyCode(dtype: DType, shape: readonly number[]): string {
  if (shape.length > mostAxes)
    throw new Error(`npy: ${shape.length} axes; numpy reads up to ${mostAxes}`);
  if (!shape.every(axis => Number.isSafeInteger(axis) && axis >= 0))
    throw new Error(`npy: (${shape.join(', ')}) is not a shape`);
  return elementOf(dtype).code;
}

/** The bytes of values in a .npy file, little endian; perhaps those of `data` itself. @throws where they are of another type. */
export function npyBytes(dtype: DType, data: DataOf[DType]): Uint8Array {
  const { array, code } = elementOf(dtype);
  if (!(data instanceof array)) throw new Error(`npy: ${dtype} values belong in a ${array.name}`);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (!hostIsBigEndian) return bytes;
  const swapped = bytes.slice();
  swapBytes(swapped, itemSize(code));
  return swapped;
}

function elementOf(dtype: DType): Element {
  const element = elements.find(known => known.dtype === dtype);
  if (!element) throw new Error(`npy: element type '${dtype}' cannot be written`);
  return element;
}

const itemSize = (code: string) => Number(code.slice(1));

function typed(code: string, buffer: ArrayBuffer): Omit<NdArray, 'shape'> {
  const element = elements.find(known => known.code === code);
  if (element) return { dtype: element.dtype, data: new element.array(buffer) };
  return { dtype: 'float32', data: Float32Array.from(new Uint16Array(buffer), float16) };
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse();
}

function cOrder(
  stored: Uint8Array,
  size: number,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(stored.length);
  for (let to = 0; to < stored.length; to += size) {
    const from = fortranIndex(to / size, shape) * size;
    for (let byte = 0; byte < size; byte++) values[to + byte] = stored[from + byte];
  }
  return values;
}

/** Where the value at C index `i` lies when the first axis runs fastest. */
function fortranIndex(i: number, shape: readonly number[]): number {
  let index = 0;
  let stride = shape.reduce((a, b) => a * b, 1);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    stride /= shape[axis];
    index += (i % shape[axis]) * stride;
    i = Math.floor(i / shape[axis]);
  }
  return index;
}
