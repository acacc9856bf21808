import { attributes } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { halfTypesOf } from '../src/half-types.js';
import { inSinglePrecision } from '../src/in-single-precision.js';
import type { Model } from '../src/model.js';
import { numbersOf, tensorOf, type Tensor } from '../src/tensor.js';
import { evaluate } from './gradient/expect-gradients.js';

const half = (
  dims: number[],
  bits: number[],
  type: 'bfloat16' | 'float16' = 'float16',
): Tensor => ({
  type,
  dims,
  data: Uint16Array.from(bits),
});

const modelOf = (nodes: Node[], initializers: Record<string, Tensor>): Model => ({
  irVersion: 8,
  opsets: new Map([['', 16]]),
  producer: { name: '', version: '' },
  functions: [],
  graph: {
    name: 'g',
    nodes,
    inputs: [{ name: 'x', type: 'float32', dims: ['N'] }],
    outputs: [{ name: 'y', type: 'float16' }],
    initializers: new Map(Object.entries(initializers)),
    valueInfo: [{ name: 'halved', type: 'float16', dims: ['N'] }],
  },
});

const third = half([], [0x3555]);
const scaled = [
  node('Cast', ['x'], ['halved'], attributes({ to: 10 })),
  node('Mul', ['halved', 'third'], ['y']),
];

test('weights, casts and outputs of half precision become float32 of the same values', async () => {
  const model = modelOf(scaled, { third });
  expect(halfTypesOf(model)).toEqual(['float16']);
  const wide = inSinglePrecision(model);
  expect(halfTypesOf(wide)).toEqual([]);
  expect(wide.graph.outputs[0].type).toBe('float32');
  const x = tensorOf('float32', [2], [1, 1 + 2 ** -20]);
  const [{ tensor }] = await evaluate(wide, new Map([['x', x]]));
  const value = 0x555 / 2 ** 12; // 0x3555 is 1.0101010101₂ / 4
  expect(numbersOf(tensor)).toEqual([value, Math.fround(value * (1 + 2 ** -20))]);
});

test('constants inside nodes and branches are found and widened', async () => {
  const branch = (bits: number) => ({
    ...modelOf([], {}).graph,
    inputs: [],
    outputs: [{ name: 'chosen', type: 'bfloat16' as const }],
    nodes: [
      node(
        'Constant',
        [],
        ['chosen'],
        attributes({ value: { type: 'tensor', value: half([], [bits], 'bfloat16') } }),
      ),
    ],
    valueInfo: [],
  });
  const model = modelOf(
    [
      node(
        'If',
        ['yes'],
        ['one'],
        attributes({
          then_branch: { type: 'graph', value: branch(0x3fc0) },
          else_branch: { type: 'graph', value: branch(0) },
        }),
      ),
      node('CastLike', ['x', 'one'], ['like']),
      node('Mul', ['like', 'one'], ['y']),
    ],
    { yes: { type: 'bool', dims: [], data: Uint8Array.of(1) } },
  );
  expect(halfTypesOf(model)).toEqual(['float16', 'bfloat16']);
  const wide = inSinglePrecision(model);
  const [{ tensor }] = await evaluate(wide, new Map([['x', tensorOf('float32', [1], [3])]]));
  expect(numbersOf(tensor)).toEqual([4.5]);
});

test('a model without half precision has none', () => {
  const whole = inSinglePrecision(modelOf(scaled, { third }));
  expect(halfTypesOf(whole)).toEqual([]);
});
