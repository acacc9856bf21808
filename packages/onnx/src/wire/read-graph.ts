import { dataTypeOf } from '../data-type.js';
import type { Attributes, Dimension, Graph, Node, ValueInfo } from '../graph.js';
import type { Tensor } from '../tensor.js';
import { toNumber } from './integers.js';
import type {
  AttributeMessage,
  GraphMessage,
  NodeMessage,
  TensorTypeMessage,
  ValueInfoMessage,
} from './messages.js';
import { readAttribute } from './read-attribute.js';
import { readSparseTensor } from './read-sparse-tensor.js';
import { readTensor, type ReadExternal } from './read-tensor.js';
import { rest } from './rest.js';

/** A graph from its message. @throws where a part is malformed, naming it. */
export function readGraph(message: GraphMessage, readExternal: ReadExternal): Graph {
  const inputs = (message.input ?? []).map(readValueInfo);
  return {
    name: message.name ?? '',
    nodes: (message.node ?? []).map(node => readNode(node, readExternal)),
    inputs: [
      ...byName(
        'input',
        inputs.map(one => [one.name, one] as const),
      ).values(),
    ],
    outputs: (message.output ?? []).map(readValueInfo),
    initializers: readInitializers(message, readExternal),
    valueInfo: (message.valueInfo ?? []).map(readValueInfo),
    extra: rest(message, graphFields),
  };
}

const graphFields = [
  'name',
  'node',
  'input',
  'output',
  'initializer',
  'sparseInitializer',
  'valueInfo',
];

/** Constants by name, sparse ones written out. */
function readInitializers(message: GraphMessage, readExternal: ReadExternal): Map<string, Tensor> {
  const { initializer = [], sparseInitializer = [] } = message;
  return byName('initializer', [
    ...initializer.map(one => [one.name ?? '', readTensor(one, readExternal)] as const),
    ...sparseInitializer.map(
      one => [one.values?.name ?? '', readSparseTensor(one, readExternal)] as const,
    ),
  ]);
}

/** @throws where two have one name: runtimes differ in which they take */
function byName<T>(what: string, entries: readonly (readonly [string, T])[]): Map<string, T> {
  const found = new Map<string, T>();
  for (const [name, one] of entries) {
    if (found.has(name)) throw new Error(`${what} '${name}' is there twice`);
    found.set(name, one);
  }
  return found;
}

/** A node from its message. */
export function readNode(message: NodeMessage, readExternal: ReadExternal): Node {
  const domain = message.domain ?? '';
  return {
    name: message.name ?? '',
    operator: message.opType ?? '',
    domain: domain === 'ai.onnx' ? '' : domain,
    inputs: message.input ?? [],
    outputs: message.output ?? [],
    attributes: readAttributes(
      `node '${message.name ?? ''}' (${message.opType ?? ''}): attribute`,
      message.attribute,
      readExternal,
      isConstant(message) ? denseName : undefined,
    ),
    extra: rest(message, ['name', 'opType', 'domain', 'input', 'output', 'attribute']),
  };
}

/** Attributes by name. @param what they are, for messages about them. @param nameOf what one is called, by the name that it has */
export function readAttributes(
  what: string,
  messages: readonly AttributeMessage[] = [],
  readExternal: ReadExternal,
  nameOf = (name: string): string => name,
): Attributes {
  const entries = messages.map(
    message =>
      [nameOf(message.name ?? ''), readAttribute(message, { readGraph, readExternal })] as const,
  );
  return byName(what, entries);
}

const isConstant = ({ domain = '', opType }: NodeMessage): boolean =>
  opType === 'Constant' && (domain === '' || domain === 'ai.onnx');

/** A sparse constant is written out: it is called as one that was. */
const denseName = (name: string): string => (name === 'sparse_value' ? 'value' : name);

function readValueInfo(message: ValueInfoMessage): ValueInfo {
  const name = message.name ?? '';
  const tensor = message.type?.tensorType;
  if (!tensor) return { name, extra: rest(message, ['name']) };
  return {
    name,
    type: dataTypeOf(tensor.elemType ?? 0),
    dims: readDims(tensor),
    extra: tensorInfoExtra(message),
  };
}

/** What else a file says of a tensor: of its type (what it denotes), and of each of its axes. */
export interface ValueInfoExtra {
  readonly type?: object;
  readonly axes?: readonly (object | undefined)[];
}

function tensorInfoExtra(message: ValueInfoMessage): object | undefined {
  const type = rest(message.type!, ['tensorType']);
  const axes = message.type!.tensorType!.shape?.dim?.map(dim =>
    rest(dim, ['dimValue', 'dimParam']),
  );
  const extra: ValueInfoExtra = {
    ...rest(message, ['name', 'type']),
    ...(type && { type }),
    ...(axes?.some(Boolean) && { axes }),
  };
  return rest(extra, []);
}

function readDims({ shape }: TensorTypeMessage): readonly Dimension[] | undefined {
  if (!shape) return undefined;
  return (shape.dim ?? []).map(dim => {
    if (Object.hasOwn(dim, 'dimValue')) return toNumber(dim.dimValue!);
    return dim.dimParam || undefined;
  });
}
