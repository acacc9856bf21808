import type { Attribute, Graph } from '../graph.js';
import type { Tensor } from '../tensor.js';
import { toBigInt } from './integers.js';
import type { AttributeMessage, GraphMessage, TensorMessage } from './messages.js';
import { readSparseTensor } from './read-sparse-tensor.js';
import { readTensor, type ReadExternal } from './read-tensor.js';
import { requireNoExternal } from './require-no-external.js';
import { rest } from './rest.js';

/** How the graphs and the external data inside an attribute are read. */
export interface Inner {
  readonly readGraph: (message: GraphMessage, readExternal: ReadExternal) => Graph;
  readonly readExternal: ReadExternal;
}

type Reader = (message: AttributeMessage, inner: Inner) => Attribute;

/** Readers at the index of the attribute's type code (AttributeProto.AttributeType). */
const readers: readonly (Reader | undefined)[] = [
  undefined,
  m => ({ type: 'float', value: m.f ?? 0 }),
  m => ({ type: 'int', value: toBigInt(m.i ?? 0) }),
  m => ({ type: 'string', value: m.s ?? new Uint8Array() }),
  (m, { readExternal }) => ({ type: 'tensor', value: readNamed(m.t ?? {}, readExternal) }),
  (m, inner) => ({ type: 'graph', value: innerGraph(m.g ?? {}, inner) }),
  m => ({ type: 'floats', value: m.floats ?? [] }),
  m => ({ type: 'ints', value: (m.ints ?? []).map(toBigInt) }),
  m => ({ type: 'strings', value: m.strings ?? [] }),
  (m, { readExternal }) => ({
    type: 'tensors',
    value: (m.tensors ?? []).map(t => readNamed(t, readExternal)),
  }),
  (m, inner) => ({ type: 'graphs', value: (m.graphs ?? []).map(g => innerGraph(g, inner)) }),
  (m, { readExternal }) => ({
    type: 'tensor',
    value: readSparseTensor(m.sparseTensor ?? {}, readExternal),
  }),
];

/** An attribute from its message; kinds that we do not interpret are carried along whole. */
export function readAttribute(message: AttributeMessage, inner: Inner): Attribute {
  const what = `attribute '${message.name ?? ''}'`;
  const reader = readers[message.type || guessType(message)];
  if (message.refAttrName || !reader) requireNoExternal(message, what);
  if (message.refAttrName) return { type: 'reference', value: message.refAttrName, wire: message };
  if (!reader) return { type: 'opaque', value: message };
  const extra = rest(message, ['name', 'type', 'refAttrName', ...valueFields]);
  requireNoExternal(extra, what);
  return { ...reader(message, inner), extra };
}

const innerGraph = (message: GraphMessage, { readGraph, readExternal }: Inner): Graph =>
  readGraph(message, readExternal);

/** A tensor with its name, which nothing else keeps. */
function readNamed(message: TensorMessage, readExternal: ReadExternal): Tensor {
  const tensor = readTensor(message, readExternal);
  return message.name ? { ...tensor, extra: { ...tensor.extra, name: message.name } } : tensor;
}

/** Fields at the index of the attribute's type code, less one. */
const valueFields = [
  'f',
  'i',
  's',
  't',
  'g',
  'floats',
  'ints',
  'strings',
  'tensors',
  'graphs',
  'sparseTensor',
] as const;

/** Files older than IR 2, and some writers since, leave the type out. */
function guessType(message: AttributeMessage): number {
  const index = valueFields.findIndex(field => {
    const value = Object.hasOwn(message, field) ? message[field] : undefined;
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  return index + 1;
}
