import type { FunctionDefinition, Model } from './model.js';
import type { Tensor } from './tensor.js';
import { encodeMessage } from './wire/encode.js';
import { wireInteger } from './wire/wire-integer.js';
import type { FunctionMessage, ModelMessage, TensorMessage } from './wire/messages.js';
import {
  writeAttributes,
  writeGraph,
  writeInlineTensor,
  writeNode,
  writeTensorHeader,
  type WriteTensor,
} from './wire/write-graph.js';

/** The bytes of an ONNX file with everything inside. */
export const writeModel = (model: Model): Uint8Array => encode(model, writeInlineTensor);

/**
 * The bytes of an ONNX file in which the initializers named in `locations` are references to
 * external data: location (a file's name) by initializer.
 */
export function writeModelWithExternal(
  model: Model,
  locations: ReadonlyMap<string, string>,
): Uint8Array {
  return encode(model, (tensor, name) => {
    const location = locations.get(name);
    return location === undefined
      ? writeInlineTensor(tensor, name)
      : writeExternalTensor(tensor, name, location);
  });
}

function writeExternalTensor(tensor: Tensor, name: string, location: string): TensorMessage {
  return {
    ...writeTensorHeader(tensor, name),
    dataLocation: 1,
    externalData: [{ key: 'location', value: location }],
  };
}

function encode(model: Model, writeTensor: WriteTensor): Uint8Array {
  const message: ModelMessage = {
    ...model.extra,
    irVersion: wireInteger(BigInt(model.irVersion)),
    opsetImport: writeOpsets(model.opsets),
    producerName: model.producer.name,
    producerVersion: model.producer.version,
    graph: writeGraph(model.graph, writeTensor),
    functions: model.functions.map(f => writeFunction(f, writeTensor)),
  };
  return encodeMessage('ModelProto', message);
}

function writeFunction(definition: FunctionDefinition, writeTensor: WriteTensor): FunctionMessage {
  return {
    ...definition.extra,
    name: definition.name,
    domain: definition.domain,
    ...(definition.overload && { overload: definition.overload }),
    input: [...definition.inputs],
    output: [...definition.outputs],
    attributeProto: writeAttributes(definition.defaults, writeTensor),
    node: definition.nodes.map(node => writeNode(node, writeTensor)),
    opsetImport: writeOpsets(definition.opsets),
  };
}

const writeOpsets = (opsets: ReadonlyMap<string, number>) =>
  [...opsets].map(([domain, version]) => ({ domain, version: wireInteger(BigInt(version)) }));
