import { dataTypeOf } from '../data-type.js';
import type { Dimension, Graph, Node, ValueInfo } from '../graph.js';
import { toNumber } from './integers.js';
import type { GraphMessage, NodeMessage, TensorTypeMessage, ValueInfoMessage } from './messages.js';
import { readAttribute } from './read-attribute.js';
import { readTensor, type ReadExternal } from './read-tensor.js';
import { rest } from './rest.js';

/** A graph from its message. @throws where a part is malformed, naming it. */
export function readGraph(message: GraphMessage, readExternal: ReadExternal): Graph {
  return {
    name: message.name ?? '',
    nodes: (message.node ?? []).map(node => readNode(node, readExternal)),
    inputs: (message.input ?? []).map(readValueInfo),
    outputs: (message.output ?? []).map(readValueInfo),
    initializers: new Map(
      (message.initializer ?? []).map(t => [t.name ?? '', readTensor(t, readExternal)]),
    ),
    valueInfo: (message.valueInfo ?? []).map(readValueInfo),
    extra: rest(message, ['name', 'node', 'input', 'output', 'initializer', 'valueInfo']),
  };
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
    attributes: new Map(
      (message.attribute ?? []).map(a => [a.name ?? '', readAttribute(a, readExternal)]),
    ),
    extra: rest(message, ['name', 'opType', 'domain', 'input', 'output', 'attribute']),
  };
}

function readValueInfo(message: ValueInfoMessage): ValueInfo {
  const tensor = message.type?.tensorType;
  return {
    name: message.name ?? '',
    ...(tensor && { type: dataTypeOf(tensor.elemType ?? 0), dims: readDims(tensor) }),
    extra: tensor ? rest(message, ['name', 'type']) : rest(message, ['name']),
  };
}

function readDims({ shape }: TensorTypeMessage): readonly Dimension[] | undefined {
  return (
    shape &&
    (shape.dim ?? []).map(dim => {
      if (Object.hasOwn(dim, 'dimValue')) return toNumber(dim.dimValue!);
      return dim.dimParam || undefined;
    })
  );
}
