import { assert, constantFrom, integer, property, tuple, uint8Array } from 'fast-check';
import { byteLength, codeOf, fromBytes, type DataType } from '../src/data-type.js';
import { node } from '../src/graph.js';
import { readModel } from '../src/read-model.js';
import { sizeOf, type Tensor } from '../src/tensor.js';
import type { TensorMessage } from '../src/wire/messages.js';
import { readTensor, type ExternalReference } from '../src/wire/read-tensor.js';
import { encodeUtf8 } from '../src/wire/utf8.js';
import { writeModel, writeModelWithExternal } from '../src/write-model.js';
import { buildModel } from './build-model.js';
import { messageType } from './message-type.js';

const types: readonly DataType[] = [
  ...(['float32', 'float64', 'float16', 'bfloat16', 'bool', 'complex64', 'complex128'] as const),
  ...(['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'] as const),
  ...(['float8e4m3fn', 'float8e4m3fnuz', 'float8e5m2', 'float8e5m2fnuz', 'float8e8m0'] as const),
  ...(['uint4', 'int4', 'float4e2m1', 'uint2', 'int2'] as const),
];

const refuse = () => {
  throw new Error('not here');
};

/** A tensor as protobuf would give it, fields by their wire types. */
function read(
  type: DataType,
  fields: object,
  external = refuse as (r: ExternalReference) => Uint8Array,
) {
  const proto = messageType('TensorProto');
  const message = proto.fromObject({ name: 't', dataType: codeOf(type), ...fields });
  return readTensor(proto.decode(proto.encode(message).finish()) as TensorMessage, external);
}

const roundTrip = (tensor: Tensor): Tensor =>
  readModel(
    writeModel(buildModel({ nodes: [node('Neg', ['x'], ['y'])], initializers: { t: tensor } })),
  ).graph.initializers.get('t')!;

test('elements of every type and any dims survive a round trip', () => {
  const dims = constantFrom([], [0], [1], [3], [2, 3], [4, 0, 2], [5, 1]);
  const cases = tuple(constantFrom(...types), dims, integer({ min: 0, max: 255 }));
  assert(
    property(cases, ([type, dims, salt]) => {
      const bytes = Uint8Array.from(
        { length: byteLength(type, sizeOf(dims)) },
        (_, i) => i * 7 + salt,
      );
      const tensor = { type, dims, data: fromBytes(type, bytes) };
      expect(roundTrip(tensor)).toEqual(tensor);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('strings survive a round trip, whatever their bytes', () => {
  assert(
    property(uint8Array(), bytes => {
      const tensor: Tensor = { type: 'string', dims: [2], data: [bytes, encodeUtf8('é')] };
      expect(roundTrip(tensor)).toEqual(tensor);
    }),
    { numRuns: 100, seed: 1 },
  );
});

const big = (value: bigint) => ({
  low: Number(BigInt.asIntN(32, value)),
  high: Number(BigInt.asIntN(32, value >> 32n)),
});

test.each<[DataType, object, readonly (number | bigint)[]]>([
  ['float32', { floatData: [0.5, -2] }, [0.5, -2]],
  ['complex64', { floatData: [1, 2, 3, 4] }, [1, 2, 3, 4]],
  ['float64', { doubleData: [0.1, -2] }, [0.1, -2]],
  ['complex128', { doubleData: [1, 2, 3, 4] }, [1, 2, 3, 4]],
  ['int32', { int32Data: [-5, 7] }, [-5, 7]],
  ['int16', { int32Data: [-5, 7] }, [-5, 7]],
  ['int8', { int32Data: [-128, 127] }, [-128, 127]],
  ['uint8', { int32Data: [0, 255] }, [0, 255]],
  ['uint16', { int32Data: [1, 65535] }, [1, 65535]],
  ['bool', { int32Data: [1, 0] }, [1, 0]],
  ['float16', { int32Data: [0x3c00, 0xc000] }, [0x3c00, 0xc000]],
  ['bfloat16', { int32Data: [0x3f80, 0xc000] }, [0x3f80, 0xc000]],
  ['float8e5m2', { int32Data: [60, 188] }, [60, 188]],
  ['int64', { int64Data: [-1, big(2n ** 63n - 1n)] }, [-1n, 2n ** 63n - 1n]],
  ['uint64', { uint64Data: [1, big(2n ** 64n - 1n)] }, [1n, 2n ** 64n - 1n]],
  ['uint32', { uint64Data: [1, 4294967295] }, [1, 4294967295]],
])('%s elements are read from %j', (type, fields, elements) => {
  expect(Array.from(read(type, { dims: [2], ...fields }).data as Float32Array)).toEqual(elements);
});

test('packed elements take a byte of int32Data for two or four', () => {
  expect(read('int4', { dims: [3], int32Data: [0x21, 0x03] }).data).toEqual(Uint8Array.of(33, 3));
  expect(read('uint2', { dims: [5], int32Data: [255, 1] }).data).toEqual(Uint8Array.of(255, 1));
});

test('a tensor without dims is a scalar', () => {
  expect(read('float32', { floatData: [2] })).toEqual({
    type: 'float32',
    dims: [],
    data: Float32Array.of(2),
  });
});

describe('elements that do not fit the dims are refused:', () => {
  test.each<[string, DataType, object]>([
    ['too few', 'float32', { dims: [3], floatData: [1, 2] }],
    ['too many', 'float32', { dims: [1], floatData: [1, 2] }],
    ['none', 'int8', { dims: [2] }],
    ['of another field', 'float32', { dims: [1], doubleData: [1] }],
    ['too few bytes', 'float32', { dims: [2], rawData: new Uint8Array(7) }],
    ['too many int64', 'int64', { dims: [1], int64Data: [1, 2] }],
    ['too few strings', 'string', { dims: [2], stringData: [encodeUtf8('a')] }],
    ['of no type', 'undefined', { dims: [1], floatData: [1] }],
  ])('%s', (_, type, fields) => {
    expect(() => read(type, fields)).toThrow(/^tensor 't' \[\d\]: [^\n]+$/);
  });

  test.each<[string, DataType, object]>([
    ['floats', 'float32', { floatData: [1] }],
    ['bytes', 'uint8', { rawData: Uint8Array.of(1) }],
    ['longs', 'int64', { int64Data: [1] }],
    ['strings', 'string', { stringData: [encodeUtf8('a')] }],
    ['nothing', 'float64', {}],
  ])('dims of 2⁶⁰ elements with %s, without allocating them', (_, type, fields) => {
    const before = process.memoryUsage().rss;
    expect(() => read(type, { dims: [2 ** 30, 2 ** 30], ...fields })).toThrow('expected');
    expect(() => read(type, { dims: [2 ** 31 - 1], ...fields })).toThrow('expected');
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 28);
  });

  test('negative dims', () => {
    expect(() => read('float32', { dims: [-1, 2], floatData: [1] })).toThrow(
      "tensor 't' [-1,2]: negative dims",
    );
  });

  test('of a type from the future', () => {
    const future = { name: 't', dataType: 99, dims: [] };
    expect(() => readTensor(future, refuse)).toThrow("tensor 't' []: element type 99 is not known");
  });
});

describe('external data', () => {
  const entries = (values: Record<string, string>) => ({
    dims: [2],
    dataLocation: 1,
    externalData: Object.entries(values).map(([key, value]) => ({ key, value })),
  });

  test('is asked for by location, offset and length', () => {
    const asked: ExternalReference[] = [];
    const give = (reference: ExternalReference) => {
      asked.push(reference);
      return Buffer.from(Float32Array.of(9, 1, 2, 9).buffer).subarray(4, 12);
    };
    const fields = entries({ location: 'w.bin', offset: '4', length: '8', checksum: 'ab' });
    expect(read('float32', fields, give).data).toEqual(Float32Array.of(1, 2));
    expect(read('float32', entries({ location: 'w.bin' }), give).data).toEqual(
      Float32Array.of(1, 2),
    );
    expect(asked).toEqual([
      { location: 'w.bin', offset: 4, length: 8 },
      { location: 'w.bin', offset: 0, length: 8 },
    ]);
  });

  test.each([
    [{}, 'external data without the name of a file'],
    [{ location: 'w', offset: '-4' }, "'-4' is not an offset or length"],
    [{ location: 'w', length: '1e3' }, "'1e3' is not an offset or length"],
    [{ location: 'w', offset: '9'.repeat(20) }, 'is not an offset or length'],
    [{ location: 'w' }, '8 bytes of float32 expected, got 7'],
    [{ location: 'w', length: '9' }, '8 bytes of external data expected, its length is 9'],
  ])('of %j is refused', (values, problem) => {
    expect(() => read('float32', entries(values), () => new Uint8Array(7))).toThrow(
      new RegExp(`^tensor 't' \\[2\\]: .*${problem}`),
    );
  });

  test('is refused where a model is read from bytes alone, and read back where it is written so', () => {
    const weight: Tensor = { type: 'float32', dims: [2], data: Float32Array.of(3, 4) };
    const model = buildModel({
      nodes: [node('Add', ['x', 'w'], ['y'])],
      initializers: { w: weight },
    });
    const bytes = writeModelWithExternal(model, new Map([['w', 'w.bin']]));
    expect(() => readModel(bytes, 'm.onnx')).toThrow(
      /^m\.onnx: tensor 'w' \[2\]: its weights are in other files/,
    );
    const read = readModel(
      bytes,
      'm.onnx',
      () => new Uint8Array((weight.data as Float32Array).buffer),
    );
    expect(read).toEqual(model);
  });
});
