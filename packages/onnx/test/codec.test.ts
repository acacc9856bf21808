import { assert, integer, property, tuple } from 'fast-check';
import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs/light.js';
import { attributes } from '../src/attribute.js';
import { node } from '../src/graph.js';
import { readModel } from '../src/read-model.js';
import { tensorOf } from '../src/tensor.js';
import { decodeMessage } from '../src/wire/decode.js';
import { encodeMessage } from '../src/wire/encode.js';
import { writeModel } from '../src/write-model.js';
import { buildModel } from './build-model.js';
import { messageType } from './message-type.js';

const ours = (bytes: Uint8Array): Uint8Array =>
  encodeMessage('ModelProto', decodeMessage('ModelProto', bytes));

function protobufjs(bytes: Uint8Array): Uint8Array {
  const reader = protobuf.Reader.create(bytes);
  reader.discardUnknown = false;
  const type = messageType('ModelProto');
  return type.encode(type.decode(reader)).finish();
}

/** The bytes, or undefined where they are refused. */
function orRefused(
  codec: (bytes: Uint8Array) => Uint8Array,
  bytes: Uint8Array,
): string | undefined {
  try {
    return Buffer.from(codec(bytes)).toString('hex');
  } catch {
    return undefined;
  }
}

const small = writeModel(
  buildModel({
    nodes: [node('Gemm', ['x', 'w'], ['y'], attributes({ transB: 1, alpha: 0.5 }))],
    inputs: { x: ['N', 2] },
    initializers: {
      w: tensorOf('float32', [2, 2], [1, 2, 3, 4]),
      n: tensorOf('int64', [2], [-1, 2 ** 40]),
    },
  }),
);

test.each(['lenet', 'resnet18-1x32x32'])('%s comes back as protobufjs writes it', name => {
  const bytes = readFileSync(new URL(`../../../models/${name}.onnx`, import.meta.url));
  expect(Buffer.compare(ours(bytes), protobufjs(bytes))).toBe(0);
});

test('changed bytes are read and refused as by protobufjs', () => {
  const place = integer({ min: 0, max: small.length - 1 });
  const byte = integer({ min: 0, max: 255 });
  let read = 0;
  const agree = property(tuple(place, byte, place, byte), ([at, one, also, other]) => {
    const changed = small.with(at, one).with(also, other);
    const found = orRefused(ours, changed);
    if (found !== undefined) read++;
    expect(found).toBe(orRefused(protobufjs, changed));
  });
  assert(agree, { numRuns: 3000, seed: 1 });
  expect(read).toBeGreaterThan(300);
});

test('lists come packed and unpacked, messages in pieces', () => {
  const dims = (...bytes: number[]) => decodeMessage('TensorProto', Uint8Array.from(bytes));
  const three = { low: 3, high: 0, unsigned: false };
  expect(dims(0x08, 3, 0x08, 3)).toEqual({ dims: [three, three] });
  expect(dims(0x0a, 2, 3, 3)).toEqual({ dims: [three, three] });
  // an attribute whose tensor has its type in one piece, and its name in another
  const pieces = Uint8Array.of(0x2a, 2, 0x10, 1, 0x2a, 3, 0x42, 1, 0x77);
  expect(decodeMessage('AttributeProto', pieces)).toEqual({ t: { dataType: 1, name: 'w' } });
});

test('no code is generated, which pages with a strict content security policy refuse', () => {
  const { Function: plain } = globalThis;
  const refuse = () => {
    throw new EvalError('refused');
  };
  globalThis.Function = Object.assign(refuse, { apply: refuse }) as unknown as typeof Function;
  try {
    const again = protobuf.Root.fromJSON(messageType('ModelProto').root.toJSON());
    expect(() => again.lookupType('ModelProto').decode(small)).toThrow('refused');
    expect(Buffer.compare(writeModel(readModel(small)), small)).toBe(0);
  } finally {
    globalThis.Function = plain;
  }
});
