import {
  allocate,
  byteLength,
  dataTypeOf,
  fromBytes,
  type DataType,
  type TensorData,
} from '../data-type.js';
import { sizeOf, type Tensor } from '../tensor.js';
import { toNumber } from './integers.js';
import type { TensorMessage } from './messages.js';

/** Where a tensor's bytes are when they are not in the model file. */
export interface ExternalReference {
  readonly location: string;
  readonly offset: number;
  /** Undefined: to the end of the file. */
  readonly length: number | undefined;
}

/** Gives the bytes of an external tensor. @throws if they cannot be had. */
export type ReadExternal = (reference: ExternalReference) => Uint8Array;

/** A tensor from its message. @throws where the elements do not fit the dims, naming the tensor. */
export function readTensor(message: TensorMessage, readExternal: ReadExternal): Tensor {
  const what = `tensor '${message.name ?? ''}'`;
  const dims = (message.dims ?? []).map(toNumber);
  if (dims.some(size => size < 0)) throw new Error(`${what} has negative dims [${dims}]`);
  const type = dataTypeOf(message.dataType ?? 0);
  if (type === 'string') return { type, dims, data: message.stringData ?? [] };
  const data = elements(message, type, sizeOf(dims), readExternal, what);
  const expected = byteLength(type, sizeOf(dims));
  if (data.byteLength !== expected)
    throw new Error(`${what} of dims [${dims}] needs ${expected} bytes, has ${data.byteLength}`);
  return { type, dims, data };
}

function elements(
  message: TensorMessage,
  type: DataType,
  size: number,
  readExternal: ReadExternal,
  what: string,
): TensorData {
  if (message.dataLocation === 1) return fromBytes(type, external(message, readExternal, what));
  if (message.rawData?.length) return fromBytes(type, whole(message.rawData, type, what));
  const typed = message.floatData?.length
    ? message.floatData
    : message.doubleData?.length
      ? message.doubleData
      : (message.int32Data ?? []);
  if (type === 'int64') return BigInt64Array.from((message.int64Data ?? []).map(wide));
  if (type === 'uint64' || type === 'uint32') return unsigned(message, type);
  if (typed.length === 0 && size > 0) throw new Error(`${what} has no elements`);
  const data = allocate(type, size);
  if (typed.length > data.length)
    throw new Error(`${what} has ${typed.length} elements for ${size}`);
  data.set(typed as never);
  return data;
}

const wide = (value: number | { low: number; high: number }): bigint =>
  typeof value === 'number' ? BigInt(value) : (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);

function unsigned(message: TensorMessage, type: 'uint64' | 'uint32'): TensorData {
  const values = (message.uint64Data ?? []).map(value => BigInt.asUintN(64, wide(value)));
  return type === 'uint64' ? BigUint64Array.from(values) : Uint32Array.from(values, Number);
}

function whole(bytes: Uint8Array, type: DataType, what: string): Uint8Array {
  const unit = Math.max(1, byteLength(type, 1));
  if (bytes.length % unit !== 0)
    throw new Error(`${what}: ${bytes.length} bytes are no whole number of ${type} elements`);
  return bytes;
}

function external(message: TensorMessage, readExternal: ReadExternal, what: string): Uint8Array {
  const entries = new Map(message.externalData?.map(({ key, value }) => [key ?? '', value ?? '']));
  const location = entries.get('location');
  if (!location) throw new Error(`${what} is external but names no file`);
  const length = entries.get('length');
  return readExternal({
    location,
    offset: count(entries.get('offset') ?? '0', what),
    length: length === undefined ? undefined : count(length, what),
  });
}

function count(text: string, what: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${what}: '${text}' is no offset or length`);
  return Number(text);
}
