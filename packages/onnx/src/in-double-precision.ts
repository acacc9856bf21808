import type { DataType } from './data-type.js';
import type { Attribute, Graph, Node, ValueInfo } from './graph.js';
import { inlineFunctions } from './inline-functions.js';
import { withGraph, type Model } from './model.js';
import { numbersOf, tensorOf, type Tensor } from './tensor.js';

const narrow: ReadonlySet<DataType | undefined> = new Set(['float32', 'float16', 'bfloat16']);

/** Codes of those types and of float64 (TensorProto.DataType). */
const narrowCodes: ReadonlySet<bigint> = new Set([1n, 10n, 16n]);
const doubleCode = 11n;

/**
 * The same computation in double precision: every floating-point input, constant, cast and output becomes float64. The values of
 * constants do not change. Whether a runtime has all operators in double precision shows when a session is made.
 */
export function inDoublePrecision(model: Model): Model {
  const whole = inlineFunctions(model);
  return withGraph(whole, widenedGraph(whole.graph));
}

function widenedGraph(graph: Graph): Graph {
  const { inputs, outputs, nodes, initializers } = graph;
  return {
    ...graph,
    nodes: nodes.map(widenedNode),
    inputs: inputs.map(widenedInfo),
    outputs: outputs.map(widenedInfo),
    initializers: new Map([...initializers].map(([name, tensor]) => [name, widened(tensor)])),
    valueInfo: [],
  };
}

const widenedInfo = (info: ValueInfo): ValueInfo =>
  narrow.has(info.type) ? { ...info, type: 'float64' } : info;

const widened = (tensor: Tensor): Tensor =>
  narrow.has(tensor.type) ? tensorOf('float64', tensor.dims, numbersOf(tensor)) : tensor;

function widenedNode(node: Node): Node {
  const entries = [...node.attributes].map(([name, attribute]) =>
    widenedAttribute(node, name, attribute),
  );
  return { ...node, attributes: new Map(entries) };
}

function widenedAttribute(node: Node, name: string, attribute: Attribute): [string, Attribute] {
  const { type, value } = attribute;
  if (type === 'tensor') return [name, { type, value: widened(value) }];
  if (type === 'graph') return [name, { type, value: widenedGraph(value) }];
  if (type === 'int' && (name === 'to' || name === 'dtype') && narrowCodes.has(value))
    return [name, { type, value: doubleCode }];
  if (node.operator !== 'Constant') return [name, attribute];
  if (type === 'float') return ['value', { type: 'tensor', value: doubles([], [value]) }];
  if (type === 'floats')
    return ['value', { type: 'tensor', value: doubles([value.length], value) }];
  return [name, attribute];
}

/** Numbers as a file holds them, in single precision. */
const doubles = (dims: readonly number[], values: readonly number[]): Tensor =>
  tensorOf('float64', dims, Float32Array.from(values));
