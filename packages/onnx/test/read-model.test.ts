import { assert, constantFrom, integer, property, uint8Array } from 'fast-check';
import { readFileSync } from 'node:fs';
import { attributes, float, getInt } from '../src/attribute.js';
import { type Attribute, node } from '../src/graph.js';
import type { Model } from '../src/model.js';
import { readModel } from '../src/read-model.js';
import { floats, integers, tensorOf } from '../src/tensor.js';
import { encodeUtf8 } from '../src/wire/utf8.js';
import { writeModel } from '../src/write-model.js';
import { buildModel } from './build-model.js';
import { messageType } from './message-type.js';

const shipped = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../models/${name}.onnx`, import.meta.url));

/** Bytes of a model from its protobuf message, as others might write it. */
const bytesOf = (message: object): Uint8Array =>
  messageType('ModelProto')
    .encode(messageType('ModelProto').fromObject({ opsetImport: [{ version: 13 }], ...message }))
    .finish();

const relu = { opType: 'Relu', input: ['x'], output: ['y'] };

/** Asserts that a model comes back equal, and is written the same the second time. */
function expectRoundTrip(model: Model): Model {
  const bytes = writeModel(model);
  const read = readModel(bytes);
  expect(read).toEqual(model);
  expect(writeModel(read)).toEqual(bytes);
  return read;
}

describe('a round trip', () => {
  test.each([
    'logistic-regression',
    'lenet',
    'vgg11-1x32x32',
    'vgg11bn-1x32x32',
    'resnet18-1x32x32',
    'densenet121-1x32x32',
    'densenet-g12',
  ])('keeps %s', name => {
    const bytes = writeModel(readModel(shipped(name)));
    expect(Buffer.compare(writeModel(readModel(bytes)), bytes)).toBe(0);
  });

  test('keeps attributes of every kind', () => {
    const inner = buildModel({ nodes: [node('Neg', ['x'], ['z'])], inputs: {} }).graph;
    const kinds: Record<string, Attribute> = {
      float: float(0.5),
      int: { type: 'int', value: -(2n ** 63n) },
      string: { type: 'string', value: Buffer.of(255, 0, 254) },
      tensor: { type: 'tensor', value: floats([2], [1, 2]) },
      graph: { type: 'graph', value: inner },
      floats: { type: 'floats', value: [0.5, -1] },
      ints: { type: 'ints', value: [2n ** 63n - 1n, 0n] },
      strings: { type: 'strings', value: [Buffer.from('é'), Buffer.of(128)] },
      tensors: { type: 'tensors', value: [integers([1]), floats([], [3])] },
      graphs: { type: 'graphs', value: [inner, inner] },
      reference: { type: 'reference', value: 'outer', wire: reference },
      type: { type: 'opaque', value: typeProto },
      documented: { ...float(2), extra: { docString: 'two' } },
    };
    const unknown = node('Own', ['x'], ['y'], attributes(kinds), { domain: 'org.example' });
    const read = expectRoundTrip(readModel(writeModel(buildModel({ nodes: [unknown] }))));
    for (const [name, { type }] of Object.entries(kinds))
      expect(read.graph.nodes[0].attributes.get(name)).toMatchObject(
        ['reference', 'opaque', 'graph', 'graphs'].includes(type) ? { type } : kinds[name],
      );
  });

  const reference = { name: 'reference', refAttrName: 'outer', type: 1 };
  const typeProto = { name: 'type', type: 13, tp: { tensorType: { elemType: 1 } } };

  test('keeps empty lists whose kind is said', () => {
    const lists: Record<string, Attribute> = {
      ints: { type: 'ints', value: [] },
      floats: { type: 'floats', value: [] },
      strings: { type: 'strings', value: [] },
    };
    expectRoundTrip(buildModel({ nodes: [node('Own', ['x'], ['y'], attributes(lists))] }));
  });

  test('keeps sizes that are free, unnamed, zero or negative, and values of unknown rank', () => {
    const dims = ['N', undefined, 0, -1, 7];
    const model = buildModel({
      nodes: [node('Neg', ['x'], ['y'])],
      inputs: { x: dims },
      graph: {
        valueInfo: [
          { name: 'v' },
          { name: 'w', type: 'bfloat16' },
          { name: 's', dims: [], type: 'string' },
        ],
      },
    });
    expect(expectRoundTrip(model).graph.inputs[0].dims).toEqual(dims);
  });

  test('keeps what is neither node nor tensor', () => {
    const metadataProps = [{ key: 'author', value: 'Ada' }];
    const tensorType = {
      elemType: 1,
      shape: { dim: [{ dimParam: 'N', denotation: 'DATA_BATCH' }] },
    };
    const message = {
      irVersion: 9,
      domain: 'org.example',
      modelVersion: 42,
      docString: 'a model',
      metadataProps,
      functions: [
        {
          name: 'F',
          domain: 'org.example',
          overload: 'other',
          input: ['a'],
          output: ['b'],
          attribute: ['alpha'],
          attributeProto: [{ name: 'beta', type: 1, f: 2 }],
          node: [
            {
              opType: 'Elu',
              input: ['a'],
              output: ['b'],
              attribute: [{ name: 'alpha', refAttrName: 'alpha', type: 1 }],
            },
          ],
          opsetImport: [{ version: 13 }],
          metadataProps,
        },
      ],
      graph: {
        docString: 'a graph',
        metadataProps,
        node: [
          { ...relu, name: 'r', docString: 'a node', overload: 'other', metadataProps },
          {
            opType: 'Constant',
            output: ['c'],
            attribute: [
              {
                name: 'value',
                type: 4,
                docString: 'seven',
                t: { name: 'seven', dataType: 1, floatData: [7] },
              },
            ],
          },
        ],
        input: [
          { name: 'x', docString: 'an image', type: { tensorType, denotation: 'IMAGE' } },
          { name: 's', type: { sequenceType: { elemType: { tensorType: { elemType: 7 } } } } },
          {
            name: 'm',
            type: { mapType: { keyType: 7, valueType: { tensorType: { elemType: 1 } } } },
          },
          { name: 'o', type: { optionalType: { elemType: { tensorType: { elemType: 1 } } } } },
        ],
        output: [{ name: 'y' }],
        initializer: [
          { name: 'w', dims: [1], dataType: 1, floatData: [7], docString: 'seven', metadataProps },
        ],
        quantizationAnnotation: [
          { tensorName: 'y', quantParameterTensorNames: [{ key: 'SCALE_TENSOR', value: 's' }] },
        ],
      },
    };
    const once = expectRoundTrip(readModel(bytesOf(message)));
    const back = messageType('ModelProto').toObject(
      messageType('ModelProto').decode(writeModel(once)),
      {
        longs: Number,
      },
    );
    expect(back).toMatchObject({
      ...message,
      graph: {
        ...message.graph,
        initializer: [{ name: 'w', docString: 'seven', metadataProps }],
        node: [
          message.graph.node[0],
          { attribute: [{ docString: 'seven', t: { name: 'seven' } }] },
        ],
      },
    });
  });

  test('keeps fields that the format does not know yet', () => {
    const future = Uint8Array.of(0xa2, 0x06, 3, 1, 2, 3); // field 100, three bytes
    const known = messageType('NodeProto').encode(relu).finish();
    const inside = Uint8Array.from([...known, ...future]);
    const graph = Uint8Array.from([0x0a, inside.length, ...inside, ...future]);
    const opset = [0x42, 2, 0x10, 13];
    const bytes = Uint8Array.from([0x3a, graph.length, ...graph, ...opset, ...future]);
    const written = writeModel(expectRoundTrip(readModel(bytes)));
    expect(Buffer.from(written).toString('hex').split('a20603010203')).toHaveLength(4);
  });

  test.each([
    ['initializer', { initializer: [{ name: 'a' }, { name: 'a' }] }, "initializer 'a'"],
    ['input', { input: [{ name: 'x' }, { name: 'x' }] }, "input 'x'"],
    [
      'attribute',
      {
        node: [
          {
            ...relu,
            attribute: [
              { name: 'b', type: 2 },
              { name: 'b', type: 2 },
            ],
          },
        ],
      },
      "node '' (Relu): attribute 'b'",
    ],
  ])('refuses two of one name: %s', (_, more, what) => {
    const tensor = { dataType: 1, dims: [1], floatData: [1] };
    const { initializer = [], ...rest } = more as { initializer?: object[] };
    const graph = {
      node: [relu],
      ...rest,
      initializer: initializer.map(one => ({ ...one, ...tensor })),
    };
    expect(() => readModel(bytesOf({ graph }), 'f')).toThrow(`f: ${what} is there twice`);
  });

  test("reads 'ai.onnx' as ONNX's own domain", () => {
    const bytes = bytesOf({
      opsetImport: [{ domain: 'ai.onnx', version: 17 }],
      graph: { node: [{ ...relu, domain: 'ai.onnx' }] },
    });
    const model = expectRoundTrip(readModel(bytes));
    expect(model.opsets).toEqual(new Map([['', 17]]));
    expect(model.graph.nodes[0].domain).toBe('');
  });
});

test('attributes without a kind get the one of the field that is there', () => {
  const attribute = [
    { name: 'axis', i: 3 },
    { name: 'kernel', ints: [1, 2] },
  ];
  const { graph } = readModel(bytesOf({ graph: { node: [{ ...relu, attribute }] } }));
  expect(getInt(graph.nodes[0], 'axis', 0)).toBe(3);
  expect(graph.nodes[0].attributes.get('kernel')).toEqual({ type: 'ints', value: [1n, 2n] });
});

describe('bad files', () => {
  const small = writeModel(
    buildModel({
      nodes: [node('Gemm', ['x', 'w'], ['y'], attributes({ transB: 1 }))],
      inputs: { x: ['N', 2] },
      initializers: { w: tensorOf('float32', [2, 2], [1, 2, 3, 4]) },
    }),
  );

  test('cut short at any length are refused in one line that names them', () => {
    for (let length = 0; length < small.length; length++)
      expect(() => readModel(small.subarray(0, length), 'cut.onnx')).toThrow(/^cut\.onnx: [^\n]+$/);
  });

  const expectModelOrLine = (bytes: Uint8Array): void => {
    try {
      readModel(bytes, 'odd.onnx');
    } catch (error) {
      expect((error as Error).message).toMatch(/^odd\.onnx: [^\n]+$/);
    }
  };

  test('of random bytes are refused in one line that names them', () => {
    assert(property(uint8Array({ maxLength: 200 }), expectModelOrLine), { numRuns: 2000, seed: 1 });
  });

  test('with flipped bytes are read, or refused in one line that names them', () => {
    const place = integer({ min: 0, max: small.length - 1 });
    const changed = property(place, integer({ min: 0, max: 255 }), (at, byte) =>
      expectModelOrLine(small.with(at, byte)),
    );
    assert(changed, { numRuns: 2000, seed: 1 });
  });

  test.each([
    ['empty', new Uint8Array()],
    ['a page', encodeUtf8('<!DOCTYPE html><html></html>')],
    [
      'a pointer to large files',
      encodeUtf8('version https://git-lfs.github.com/spec/v1\noid sha256:4e8f\nsize 46820737\n'),
    ],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)],
    ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0)],
  ])('that are %s are no model', (_, bytes) => {
    expect(() => readModel(bytes, 'x.onnx')).toThrow('x.onnx: not an ONNX model');
  });

  test('of graphs within graphs without end are refused', () => {
    let message: object = { node: [relu] };
    const type = messageType('GraphProto');
    const nest = (inner: object) => ({
      node: [{ ...relu, attribute: [{ name: 'g', type: 5, g: inner }] }],
    });
    for (let depth = 0; depth < 30; depth++) message = nest(message);
    expect(() => readModel(bytesOf({ graph: message }))).not.toThrow();
    let bytes = type.encode(type.fromObject({ node: [relu] })).finish();
    for (let depth = 0; depth < 3000; depth++)
      bytes = wrapped(0x0a, wrapped(0x2a, wrapped(0x32, bytes)));
    const file = Buffer.concat([wrapped(0x3a, bytes), Uint8Array.of(0x42, 2, 0x10, 13)]);
    expect(() => readModel(file, 'deep.onnx')).toThrow('deep.onnx: not an ONNX model');
  });

  test.each(constantsOutOfOrder())('whose nodes %s are refused', (_, node_, problem) => {
    expect(() => readModel(bytesOf({ graph: { node: node_ } }), 'f')).toThrow(problem);
  });

  test('of an operator set that does not exist are refused', () => {
    const opsetImport = [{ version: -5 }];
    expect(() => readModel(bytesOf({ opsetImport, graph: { node: [relu] } }), 'f')).toThrow(
      "f: operator set -5 of 'ai.onnx' does not exist; they count from 1",
    );
  });

  test('that name no operator set are refused', () => {
    expect(() => readModel(bytesOf({ opsetImport: [], graph: { node: [relu] } }), 'f')).toThrow(
      'f: the operator set is missing',
    );
  });
});

function constantsOutOfOrder(): [string, object[], string][] {
  const identity = (from: string, to: string, name = '') => ({
    opType: 'Identity',
    name,
    input: [from],
    output: [to],
  });
  return [
    [
      'feed themselves',
      [identity('a', 'a', 'me')],
      "f: node 'me' (Identity) reads 'a' before it is computed",
    ],
    [
      'feed each other',
      [identity('a', 'b'), identity('b', 'a')],
      "f: node 'b' (Identity) reads 'a' before",
    ],
    [
      'compute a value twice',
      [identity('x', 'a'), identity('a', 'b'), identity('b', 'a')],
      "f: node 'a' (Identity) computes 'a' again",
    ],
  ];
}

/** A field with these bytes. */
function wrapped(tag: number, bytes: Uint8Array): Uint8Array {
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Uint8Array.of(tag, ...length, rest), bytes]);
}

test('any printable name survives', () => {
  assert(
    property(constantFrom('é', '名前', '😀', 'a/b:0', "it's", ' '), name => {
      expectRoundTrip(buildModel({ nodes: [node('Neg', ['x'], [name])] }));
    }),
  );
});

describe('sparse tensors are read as dense ones', () => {
  const values = { name: 's', dims: [2], dataType: 1, floatData: [4, 5] };
  const flat = { dims: [2], dataType: 7, int64Data: [1, 5] };
  const dense = [0, 4, 0, 0, 0, 5];
  const sparse = { values, indices: flat, dims: [2, 3] };
  const read = (sparseInitializer: object[]) =>
    readModel(
      bytesOf({ opsetImport: [{ version: 13 }], graph: { node: [relu], sparseInitializer } }),
    );

  test('among the initializers, with either form of indices', () => {
    const pairs = { dims: [2, 2], dataType: 7, int64Data: [0, 1, 1, 2] };
    for (const indices of [flat, pairs]) {
      const { graph } = read([{ ...sparse, indices }]);
      expect(graph.initializers.get('s')).toMatchObject(floats([2, 3], dense));
      expect(readModel(writeModel(read([sparse]))).graph.initializers).toEqual(
        read([sparse]).graph.initializers,
      );
    }
  });

  test('in Constant nodes', () => {
    const constant = {
      opType: 'Constant',
      output: ['c'],
      attribute: [{ name: 'sparse_value', type: 11, sparseTensor: sparse }],
    };
    const model = readModel(
      bytesOf({ opsetImport: [{ version: 13 }], graph: { node: [constant] } }),
    );
    const { attributes: found } = model.graph.nodes[0];
    expect(found.get('value')).toMatchObject({ type: 'tensor', value: floats([2, 3], dense) });
  });

  test('only there: attributes of functions and of other operators keep their names', () => {
    const value = { name: 'sparse_value', type: 1, f: 0.5 };
    const own = { name: 'F', domain: 'own', output: ['c'], attributeProto: [value] };
    const calling = { opType: 'F', domain: 'own', output: ['c'], attribute: [value] };
    const message = {
      opsetImport: [{ version: 13 }],
      functions: [own],
      graph: { node: [calling] },
    };
    const { functions, graph } = expectRoundTrip(readModel(bytesOf(message)));
    expect([...functions[0].defaults.keys()]).toEqual(['sparse_value']);
    expect([...graph.nodes[0].attributes.keys()]).toEqual(['sparse_value']);
  });

  test.each<[string, object, RegExp]>([
    ['out of range', { ...sparse, indices: { ...flat, int64Data: [1, 6] } }, /ascending places/],
    ['twice the same', { ...sparse, indices: { ...flat, int64Data: [1, 1] } }, /ascending places/],
    ['negative', { ...sparse, indices: { ...flat, int64Data: [-1, 1] } }, /ascending places/],
    [
      'too few',
      { ...sparse, indices: { ...flat, dims: [1], int64Data: [1] } },
      /do not fit 2 values/,
    ],
    [
      'off their axis',
      { ...sparse, indices: { dims: [2, 2], dataType: 7, int64Data: [0, 1, 0, 3] } },
      /ascending places/,
    ],
    ['too many to write out', { ...sparse, dims: [1e6, 1e6] }, /too many elements/],
  ])('indices that are %s are refused', (_, one, message) => {
    expect(() => read([one])).toThrow(message);
  });
});

const elsewhere = {
  dims: [1],
  dataType: 1,
  dataLocation: 1,
  externalData: [{ key: 'location', value: '/etc/hostname' }],
};

test.each<[string, object]>([
  ['a kind that is not read', { type: 12, sparseTensors: [{ values: elsewhere }] }],
  ['a kind beside the one that is read', { type: 2, i: 1, sparseTensors: [{ values: elsewhere }] }],
  ['what stands beside a reference', { type: 4, refAttrName: 'outer', t: elsewhere }],
])('external data in %s is refused', (_, attribute) => {
  const own = { ...relu, attribute: [{ name: 'hidden', ...attribute }] };
  const bytes = bytesOf({ graph: { node: [own], output: [{ name: 'y' }] } });
  expect(() => readModel(bytes, 'm.onnx', () => new Uint8Array(4))).toThrow(
    "m.onnx: attribute 'hidden' has external data in a place that is not read; export the model with its weights inside",
  );
});

test('bytes of a file that many tensors share are refused before any are read', () => {
  const tensor = { ...elsewhere, dims: [1e7] };
  const initializer = Array.from({ length: 40 }, (_, i) => ({ ...tensor, name: `w${i}` }));
  const bytes = bytesOf({ graph: { node: [relu], output: [{ name: 'y' }], initializer } });
  let reads = 0;
  const reader = (): Uint8Array => {
    reads++;
    return new Uint8Array(4e7);
  };
  expect(() => readModel(bytes, 'm.onnx', reader)).toThrow(
    "m.onnx: external data '/etc/hostname': tensors share 120000000 bytes of the first 40000000; refused, export the model again",
  );
  expect(reads).toBe(0);
});
