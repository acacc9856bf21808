import {
  attributes,
  float,
  getFloat,
  getFloats,
  getInt,
  getInts,
  getString,
  getTensor,
} from '../src/attribute.js';
import { node } from '../src/graph.js';
import { floats } from '../src/tensor.js';

const tensor = floats([1], [2]);
const values = {
  i: 3,
  f: 0.5,
  whole: float(2),
  s: 'é',
  list: [1, -2],
  t: { type: 'tensor', value: tensor } as const,
  none: undefined,
};
const one = node('Own', [], ['y'], attributes(values), { name: 'mine' });

test('plain values become attributes of their kind', () => {
  expect(one.attributes.has('none')).toBe(false);
  expect([getInt(one, 'i', 0), getFloat(one, 'f', 0), getFloat(one, 'whole', 0)]).toEqual([
    3, 0.5, 2,
  ]);
  expect([getString(one, 's', ''), getInts(one, 'list', []), getTensor(one, 't')]).toEqual([
    'é',
    [1, -2],
    tensor,
  ]);
});

test('absent attributes have the fallback', () => {
  expect([getInt(one, 'k', 7), getFloat(one, 'k', 8), getString(one, 'k', 'a')]).toEqual([
    7,
    8,
    'a',
  ]);
  expect([getInts(one, 'k', undefined), getFloats(one, 'k', [1]), getTensor(one, 'k')]).toEqual([
    undefined,
    [1],
    undefined,
  ]);
});

test('sentinels such as the greatest int64 saturate', () => {
  const slice = node(
    'Slice',
    [],
    [],
    new Map([['ends', { type: 'ints', value: [2n ** 63n - 1n, -(2n ** 63n)] }]]),
  );
  expect(getInts(slice, 'ends', [])).toEqual([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);
});

test('attributes of another kind are refused, naming the node', () => {
  expect(() => getInt(one, 'f', 0)).toThrow(
    "onnx: attribute 'f' of node 'mine' (Own) is float, expected int",
  );
});
