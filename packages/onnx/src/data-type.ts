/** Names of the element types of ONNX tensors, at the index of their code (TensorProto.DataType). */
const names = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
  'float8e8m0',
  'uint2',
  'int2',
] as const;

/** The element type of a tensor. */
export type DataType = (typeof names)[number];

/** The arrays that hold tensor elements. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

type Constructor = {
  new (length: number): TensorData;
  new (buffer: ArrayBuffer): TensorData;
  readonly BYTES_PER_ELEMENT: number;
};

interface Storage {
  array: Constructor;
  /** Array elements that one tensor element takes: 2 for complex numbers, ½ and ¼ for packed ones. */
  perElement: number;
}

const plain = (array: Constructor): Storage => ({ array, perElement: 1 });
const byte = plain(Uint8Array);

const storages: Partial<Record<DataType, Storage>> = {
  float32: plain(Float32Array),
  float64: plain(Float64Array),
  int8: plain(Int8Array),
  int16: plain(Int16Array),
  int32: plain(Int32Array),
  int64: plain(BigInt64Array),
  uint8: byte,
  uint16: plain(Uint16Array),
  uint32: plain(Uint32Array),
  uint64: plain(BigUint64Array),
  bool: byte,
  float16: plain(Uint16Array),
  bfloat16: plain(Uint16Array),
  complex64: { array: Float32Array, perElement: 2 },
  complex128: { array: Float64Array, perElement: 2 },
  float8e4m3fn: byte,
  float8e4m3fnuz: byte,
  float8e5m2: byte,
  float8e5m2fnuz: byte,
  float8e8m0: byte,
  uint4: { array: Uint8Array, perElement: 1 / 2 },
  int4: { array: Uint8Array, perElement: 1 / 2 },
  float4e2m1: { array: Uint8Array, perElement: 1 / 2 },
  uint2: { array: Uint8Array, perElement: 1 / 4 },
  int2: { array: Uint8Array, perElement: 1 / 4 },
};

/** Name of an element type. @throws for a code that ONNX does not define. */
export function dataTypeOf(code: number): DataType {
  const name = names[code];
  if (name === undefined) throw new Error(`element type ${code} is not known`);
  return name;
}

/** Code of an element type in the file. */
export const codeOf = (type: DataType): number => names.indexOf(type);

/** An array, zeroed, for this many elements of a type. @throws for strings and undefined types. */
export function allocate(type: DataType, elements: number): TensorData {
  const { array } = storageOf(type);
  return new array(slots(type, elements));
}

/** Array elements that this many elements of a type take. */
export const slots = (type: DataType, elements: number): number =>
  Math.ceil(elements * storageOf(type).perElement);

/** The bytes of a tensor's elements as an array of its type (copied, so alignment does not matter). */
export function fromBytes(type: DataType, bytes: Uint8Array): TensorData {
  const { array } = storageOf(type);
  const aligned = new Uint8Array(bytes); // Buffer.slice would share memory
  return new array(aligned.buffer);
}

/** Bytes that this many elements of a type take in a file. */
export const byteLength = (type: DataType, elements: number): number =>
  slots(type, elements) * storageOf(type).array.BYTES_PER_ELEMENT;

/** Whether a type is one of the real floating-point types that networks compute in. */
export const isFloating = (type: DataType | undefined): boolean =>
  type === 'float32' || type === 'float64' || type === 'float16' || type === 'bfloat16';

function storageOf(type: DataType): Storage {
  const storage = storages[type];
  if (!storage) throw new Error(`tensors of type ${type} have no numeric elements`);
  return storage;
}
