import { getTensor, numbersOf, readModel, sizeOf, type Tensor } from '@nads/onnx';
import { Tensor as RuntimeTensor } from 'onnxruntime-node';

const varint = (n: number): number[] =>
  n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))];

const field = (number: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes]);

const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));

/** A tensor of @nads/onnx from a serialised TensorProto, read as the value of a model's only Constant. */
export function readTensorProto(bytes: Uint8Array): Tensor {
  const value = field(5, Buffer.concat([text(1, 'value'), field(5, bytes)]));
  const node = field(1, Buffer.concat([text(2, 'y'), text(4, 'Constant'), value]));
  const graph = field(7, Buffer.concat([node, field(12, text(1, 'y'))]));
  const opset = field(8, Buffer.from([0x10, 13]));
  const tensor = getTensor(readModel(Buffer.concat([graph, opset])).graph.nodes[0], 'value');
  if (!tensor) throw new Error('the file holds no tensor');
  return tensor;
}

/** The same as a tensor that onnxruntime takes. */
export function toRuntime({ type, dims, data }: Tensor): RuntimeTensor {
  const elements =
    type === 'string'
      ? (data as readonly Uint8Array[]).map(bytes => Buffer.from(bytes).toString())
      : data;
  // onnxruntime says itself which types it does not take
  return new RuntimeTensor(type as 'float32', elements as Float32Array, dims);
}

/** A tensor of this type and these dims with reproducible elements between −1 and 1. */
export function filled(type: string | undefined, dims: readonly number[]): RuntimeTensor {
  const numbers = Array.from({ length: sizeOf(dims) }, (_, i) => Math.sin(7 * i + 1));
  if (type === 'float32') return new RuntimeTensor(type, Float32Array.from(numbers), dims);
  if (type === 'int64') return new RuntimeTensor(type, new BigInt64Array(numbers.length), dims);
  throw new Error(`no values of type ${type} to feed`);
}

/** Whether two runtime tensors hold the same bits. */
export const isIdentical = (a: RuntimeTensor, b: RuntimeTensor): boolean =>
  a.type === b.type && String(a.dims) === String(b.dims) && sameElements(a.data, b.data);

const sameElements = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean =>
  a.length === b.length && Array.from(a).every((x, i) => Object.is(x, b[i]));

/** How far two numbers may be apart: atol + rtol·|expected|. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** How a runtime tensor differs from an expected one by more than is tolerated; '' where it does not. */
export function difference(
  actual: RuntimeTensor,
  expected: Tensor | RuntimeTensor,
  tolerance: Tolerance,
): string {
  if (String(actual.dims) !== String(expected.dims))
    return `dims [${actual.dims}], expected [${expected.dims}]`;
  if (expected.type === 'string')
    return isIdentical(actual, runtimeTensor(expected)) ? '' : 'strings';
  const wanted = numbersOf(expected as Tensor);
  const first = wanted.findIndex((b, i) => !isClose(Number(actual.data[i]), b, tolerance));
  return first < 0 ? '' : `element ${first} is ${actual.data[first]}, expected ${wanted[first]}`;
}

const runtimeTensor = (tensor: Tensor | RuntimeTensor): RuntimeTensor =>
  'location' in tensor ? tensor : toRuntime(tensor);

const isClose = (a: number, b: number, { rtol, atol }: Tolerance): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= atol + rtol * Math.abs(b);
