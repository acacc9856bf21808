import { codeOf } from '../data-type.js';
import type { Attribute, Attributes, Dimension, Graph, Node, ValueInfo } from '../graph.js';
import type { Tensor } from '../tensor.js';
import { wireInteger } from './wire-integer.js';
import type {
  AttributeMessage,
  GraphMessage,
  NodeMessage,
  TensorMessage,
  ValueInfoMessage,
} from './messages.js';
import type { ValueInfoExtra } from './read-graph.js';

/** The message of a tensor; its elements as raw bytes, which every reader since IR 1 understands. */
export type WriteTensor = (tensor: Tensor, name: string) => TensorMessage;

/** The message of a graph. */
export function writeGraph(graph: Graph, writeTensor: WriteTensor): GraphMessage {
  return {
    ...graph.extra,
    name: graph.name,
    node: graph.nodes.map(node => writeNode(node, writeTensor)),
    initializer: [...graph.initializers].map(([name, tensor]) => writeTensor(tensor, name)),
    input: graph.inputs.map(writeValueInfo),
    output: graph.outputs.map(writeValueInfo),
    valueInfo: graph.valueInfo.map(writeValueInfo),
  };
}

/** The message of a node. */
export function writeNode(node: Node, writeTensor: WriteTensor): NodeMessage {
  return {
    ...node.extra,
    name: node.name,
    opType: node.operator,
    ...(node.domain && { domain: node.domain }),
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: writeAttributes(node.attributes, writeTensor),
  };
}

/** The messages of attributes. */
export const writeAttributes = (attributes: Attributes, write: WriteTensor): AttributeMessage[] =>
  [...attributes].map(([name, attribute]) => ({
    ...attribute.extra,
    ...writeValue(name, attribute, write),
  }));

/** The message of a tensor with its elements inside. */
export function writeInlineTensor(tensor: Tensor, name: string): TensorMessage {
  const elements =
    tensor.type === 'string'
      ? { stringData: tensor.data as Uint8Array[] }
      : { rawData: bytesOf(tensor) };
  return { ...writeTensorHeader(tensor, name), ...elements };
}

/** The message of a tensor without its elements. */
export function writeTensorHeader(tensor: Tensor, name: string): TensorMessage {
  return {
    ...tensor.extra,
    ...(name !== '' && { name }),
    dims: tensor.dims.map(size => wireInteger(BigInt(size))),
    dataType: codeOf(tensor.type),
  };
}

/** The bytes of a numeric tensor's elements, shared with it. */
export function bytesOf(tensor: Tensor): Uint8Array {
  const data = tensor.data as Uint8Array;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function writeValueInfo(info: ValueInfo): ValueInfoMessage {
  const { name, type, dims, extra } = info;
  if (type === undefined) return { ...extra, name };
  const { type: typeExtra, axes } = (extra ?? {}) as ValueInfoExtra;
  const shape = dims && { dim: dims.map((size, i) => ({ ...axes?.[i], ...writeDimension(size) })) };
  const tensorType = { elemType: codeOf(type), ...(shape && { shape }) };
  return { ...extra, name, type: { ...typeExtra, tensorType } };
}

function writeDimension(size: Dimension) {
  if (typeof size === 'number') return { dimValue: wireInteger(BigInt(size)) };
  return size === undefined ? {} : { dimParam: size };
}

function writeValue(name: string, attribute: Attribute, write: WriteTensor): AttributeMessage {
  switch (attribute.type) {
    case 'float':
      return { name, type: 1, f: attribute.value };
    case 'int':
      return { name, type: 2, i: wireInteger(attribute.value) };
    case 'string':
      return { name, type: 3, s: attribute.value };
    case 'tensor':
      return { name, type: 4, t: write(attribute.value, '') };
    case 'graph':
      return { name, type: 5, g: writeGraph(attribute.value, write) };
    case 'floats':
      return { name, type: 6, floats: [...attribute.value] };
    case 'ints':
      return { name, type: 7, ints: attribute.value.map(wireInteger) };
    case 'strings':
      return { name, type: 8, strings: [...attribute.value] };
    case 'tensors':
      return { name, type: 9, tensors: attribute.value.map(tensor => write(tensor, '')) };
    case 'graphs':
      return { name, type: 10, graphs: attribute.value.map(graph => writeGraph(graph, write)) };
    case 'reference':
      return attribute.wire;
    case 'opaque':
      return attribute.value;
  }
}
