import {
  allocate,
  byteLength,
  dataTypeOf,
  fromBytes,
  slots,
  type DataType,
  type TensorData,
} from '../data-type.js';
import { sizeOf, type Tensor } from '../tensor.js';
import { toBigInt, toNumber, type WireInteger } from './integers.js';
import type { TensorMessage } from './messages.js';
import { rest } from './rest.js';

/** Where a tensor's bytes are when they are not in the model file. */
export interface ExternalReference {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** Gives the bytes of an external tensor. @throws if they cannot be had. */
export type ReadExternal = (reference: ExternalReference) => Uint8Array;

/** A tensor from its message. @throws where the elements do not fit the dims, naming the tensor. */
export function readTensor(message: TensorMessage, readExternal: ReadExternal): Tensor {
  const dims = (message.dims ?? []).map(toNumber);
  try {
    if (dims.some(size => size < 0)) throw new Error('negative dims');
    const type = dataTypeOf(message.dataType ?? 0);
    const data = elements(message, type, dims, readExternal);
    return { type, dims, data, extra: rest(message, interpreted) };
  } catch (error) {
    const { message: problem } = error as Error;
    throw new Error(`tensor '${message.name ?? ''}' [${dims}]: ${problem}`, { cause: error });
  }
}

const typedFields = ['floatData', 'int32Data', 'int64Data', 'doubleData', 'uint64Data'] as const;

const interpreted = [
  'name',
  'dims',
  'dataType',
  'rawData',
  'stringData',
  'externalData',
  'dataLocation',
  ...typedFields,
];

function elements(
  message: TensorMessage,
  type: DataType,
  dims: readonly number[],
  readExternal: ReadExternal,
): Tensor['data'] {
  const size = sizeOf(dims);
  if (type === 'string') return counted(message.stringData ?? [], size);
  const reference = externalReference(message);
  if (reference) return raw(readExternal(reference), type, size);
  if (message.rawData?.length) return raw(message.rawData, type, size);
  const typed: readonly WireInteger[] = message[typedField(type)] ?? [];
  return typedArray(counted(typed, slots(type, size)), type, size);
}

function raw(bytes: Uint8Array, type: DataType, size: number): TensorData {
  const expected = byteLength(type, size);
  if (bytes.length !== expected)
    throw new Error(`${expected} bytes of ${type} expected, got ${bytes.length}`);
  return fromBytes(type, bytes);
}

// counted before anything is allocated: dims may claim what no machine holds
function counted<T>(values: readonly T[], expected: number): readonly T[] {
  if (values.length === expected) return values;
  throw new Error(`${expected} elements expected, got ${values.length}`);
}

/** Where elements of a type are when they are not raw bytes (onnx.proto, TensorProto). */
function typedField(type: DataType): (typeof typedFields)[number] {
  if (type === 'float32' || type === 'complex64') return 'floatData';
  if (type === 'float64' || type === 'complex128') return 'doubleData';
  if (type === 'uint32' || type === 'uint64') return 'uint64Data';
  return type === 'int64' ? 'int64Data' : 'int32Data';
}

function typedArray(values: readonly WireInteger[], type: DataType, size: number): TensorData {
  if (type === 'int64') return BigInt64Array.from(values, toBigInt);
  if (type === 'uint64') return BigUint64Array.from(values, toBigInt);
  const data = allocate(type, size);
  data.set(values.map(toDouble) as never);
  return data;
}

// uint32 elements travel in a 64-bit field
const toDouble = (value: WireInteger): number =>
  typeof value === 'number' ? value : toNumber(value);

/**
 * Where the bytes of a tensor are, if not in the model file.
 * @throws where that is not said, or dims and type need another number of bytes
 */
export function externalReference(message: TensorMessage): ExternalReference | undefined {
  if (message.dataLocation !== 1) return undefined;
  const size = sizeOf((message.dims ?? []).map(toNumber));
  const expected = byteLength(dataTypeOf(message.dataType ?? 0), size);
  const entries = new Map(message.externalData?.map(({ key, value }) => [key ?? '', value ?? '']));
  const location = entries.get('location');
  if (!location) throw new Error('external data without the name of a file');
  const length = count(entries.get('length') ?? String(expected));
  if (length !== expected)
    throw new Error(`${expected} bytes of external data expected, its length is ${length}`);
  return { location, offset: count(entries.get('offset') ?? '0'), length };
}

function count(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Error(`'${text}' is not an offset or length`);
  return Number(text);
}
