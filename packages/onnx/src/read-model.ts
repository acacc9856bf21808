import type { FunctionDefinition, Model } from './model.js';
import { requireOrder } from './node-order.js';
import { requireOperands } from './require-operands.js';
import { requireSize } from './require-size.js';
import { decodeMessage } from './wire/decode.js';
import { toNumber } from './wire/integers.js';
import type { FunctionMessage, ModelMessage, OperatorSetMessage } from './wire/messages.js';
import { readAttributes, readGraph, readNode } from './wire/read-graph.js';
import { ExternalSharing, requireLittleSharing } from './wire/external-sharing.js';
import type { ReadExternal } from './wire/read-tensor.js';
import { rest } from './wire/rest.js';

/**
 * A model from the bytes of an ONNX file.
 * @param file names the file in errors.
 * @param readExternal gives the bytes of tensors that live in other files; refused by default.
 * @throws if it is not an ONNX model, is truncated, or has malformed tensors.
 */
export function readModel(
  bytes: Uint8Array,
  file = 'model',
  readExternal: ReadExternal = refuseExternal,
): Model {
  const message = decode(bytes, file);
  if (!message.graph?.node?.length && !message.graph?.output?.length)
    throw new Error(`${file}: not an ONNX model (it has no graph); give a file ending in .onnx`);
  try {
    requireLittleSharing(message.graph?.initializer ?? []);
    const model = read(message, withinFiles(readExternal));
    requireOpsets(model);
    requireSize(model);
    requireOperands(model);
    requireOrder(model.graph);
    return model;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Also of tensors inside nodes. */
function withinFiles(readExternal: ReadExternal): ReadExternal {
  const sharing = new ExternalSharing();
  return reference => {
    sharing.add(reference);
    return readExternal(reference);
  };
}

function decode(bytes: Uint8Array, file: string): ModelMessage {
  try {
    return decodeMessage('ModelProto', bytes);
  } catch (error) {
    throw new Error(
      `${file}: not an ONNX model, or truncated (${bytes.length} bytes); export it or download it again`,
      {
        cause: error,
      },
    );
  }
}

function requireOpsets({ opsets }: Model): void {
  if (opsets.size === 0) throw new Error('the operator set is missing; the file may be truncated');
  for (const [domain, version] of opsets)
    if (!(version >= 1))
      throw new Error(
        `operator set ${version} of '${domain || 'ai.onnx'}' does not exist; they count from 1, so the file may be damaged`,
      );
}

function read(message: ModelMessage, readExternal: ReadExternal): Model {
  return {
    irVersion: toNumber(message.irVersion ?? 0),
    opsets: readOpsets(message.opsetImport),
    producer: { name: message.producerName ?? '', version: message.producerVersion ?? '' },
    graph: readGraph(message.graph ?? {}, readExternal),
    functions: (message.functions ?? []).map(f => readFunction(f, readExternal)),
    extra: rest(message, modelFields),
  };
}

const modelFields = [
  'irVersion',
  'opsetImport',
  'producerName',
  'producerVersion',
  'graph',
  'functions',
];

function readFunction(message: FunctionMessage, readExternal: ReadExternal): FunctionDefinition {
  return {
    name: message.name ?? '',
    domain: message.domain ?? '',
    overload: message.overload ?? '',
    inputs: message.input ?? [],
    outputs: message.output ?? [],
    defaults: readAttributes(
      `function '${message.name ?? ''}': default of attribute`,
      message.attributeProto,
      readExternal,
    ),
    nodes: (message.node ?? []).map(node => readNode(node, readExternal)),
    opsets: readOpsets(message.opsetImport),
    extra: rest(message, functionFields),
  };
}

const functionFields = [
  'name',
  'domain',
  'overload',
  'input',
  'output',
  'attributeProto',
  'node',
  'opsetImport',
];

function readOpsets(sets: readonly OperatorSetMessage[] = []): Map<string, number> {
  return new Map(
    sets.map(({ domain = '', version = 0 }) => [
      domain === 'ai.onnx' ? '' : domain,
      toNumber(version),
    ]),
  );
}

function refuseExternal(): never {
  throw new Error('its weights are in other files; open the model by its path');
}
