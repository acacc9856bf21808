import { getTensor, numbersOf, readModel, sizeOf } from '@nads/onnx';
import { Tensor } from 'onnxruntime-node';

const varint = n => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))]);
const field = (number, bytes) =>
  Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes]);

const text = (number, value) => field(number, Buffer.from(value));

/** A tensor of @nads/onnx from a serialised TensorProto, read as the value of a model's only Constant. */
export function readTensorProto(bytes) {
  const value = field(5, Buffer.concat([text(1, 'value'), field(5, bytes)]));
  const node = field(1, Buffer.concat([text(2, 'y'), text(4, 'Constant'), value]));
  const graph = field(7, Buffer.concat([node, field(12, text(1, 'y'))]));
  const opset = field(8, Buffer.from([0x10, 13]));
  return getTensor(readModel(Buffer.concat([graph, opset])).graph.nodes[0], 'value');
}

/** The same as a tensor that onnxruntime takes. */
export function toRuntime({ type, dims, data }) {
  const elements = type === 'string' ? data.map(bytes => Buffer.from(bytes).toString()) : data;
  return new Tensor(type, elements, dims);
}

/** A tensor of this type and these dims with reproducible elements between −1 and 1. */
export function filled(type, dims) {
  const numbers = Array.from({ length: sizeOf(dims) }, (_, i) => Math.sin(7 * i + 1));
  if (type === 'float32') return new Tensor(type, Float32Array.from(numbers), dims);
  if (type === 'int64') return new Tensor(type, new BigInt64Array(numbers.length), dims);
  throw new Error(`no values of type ${type} to feed`);
}

/** Whether two runtime tensors hold the same bits. */
export const isIdentical = (a, b) =>
  a.type === b.type && String(a.dims) === String(b.dims) && sameElements(a.data, b.data);

const sameElements = (a, b) => a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

/** How a runtime tensor differs from an expected one by more than atol + rtol·|expected|; '' where it does not. */
export function difference(actual, expected, { rtol, atol }) {
  if (String(actual.dims) !== String(expected.dims))
    return `dims [${actual.dims}], expected [${expected.dims}]`;
  if (expected.type === 'string') return isIdentical(actual, toRuntime(expected)) ? '' : 'strings';
  const wanted = numbersOf(expected);
  const first = wanted.findIndex((b, i) => !isClose(Number(actual.data[i]), b, rtol, atol));
  return first < 0 ? '' : `element ${first} is ${actual.data[first]}, expected ${wanted[first]}`;
}

const isClose = (a, b, rtol, atol) =>
  Object.is(a, b) || Math.abs(a - b) <= atol + rtol * Math.abs(b);
