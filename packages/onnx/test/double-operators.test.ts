import { Random } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import type { AttributeLike } from '../src/attribute.js';
import { doubleOperators } from '../src/double-operators.js';
import { inDoublePrecision } from '../src/in-double-precision.js';
import { floats, numbersOf, tensorOf, type Tensor } from '../src/tensor.js';
import { evaluate, normal } from './gradient/expect-gradients.js';
import { n, network } from './gradient/network.js';

const random = new Random('double');
const single = (...dims: number[]): Tensor => floats(dims, numbersOf(normal(random, ...dims)));
const pool = { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1] };

test.each<[string, Record<string, AttributeLike>, Tensor[]]>([
  ['Conv', { pads: [1, 1, 1, 1], group: 2 }, [single(4, 1, 3, 3), single(4)]],
  ['AveragePool', pool, []],
  ['AveragePool', { ...pool, count_include_pad: 1 }, []],
  ['AveragePool', { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }, []],
  ['GlobalAveragePool', {}, []],
  ['GlobalMaxPool', {}, []],
  ['LeakyRelu', {}, []],
  ['PRelu', {}, [single(2, 1, 1)]],
  ['Elu', {}, []],
  ['Softplus', {}, []],
])('%s %j runs in double precision', async (operator, settings, constants) => {
  const names = constants.map((_, i) => `c${i}`);
  const model = network(
    13,
    [n(operator, ['x', ...names].join(' '), 'y', settings)],
    Object.fromEntries(constants.map((constant, i) => [names[i], constant])),
    ['N', 2, 9, 9],
    'float32',
  );
  const x = single(3, 2, 9, 9);
  const wide = inDoublePrecision(doubleOperators(model));
  const [[expected], [found]] = [
    await evaluate(model, new Map([['x', x]])),
    await evaluate(wide, new Map([['x', tensorOf('float64', x.dims, numbersOf(x))]])),
  ];
  expect([found.tensor.type, found.tensor.dims]).toEqual(['float64', expected.tensor.dims]);
  expectClose(numbersOf(found.tensor), numbersOf(expected.tensor), { rtol: 1e-5, atol: 1e-6 });
});

test('an operator that has no other form stays', () => {
  const model = network(13, [n('Sin', 'x', 'y')], {}, ['N', 2], 'float32');
  expect(doubleOperators(model).graph.nodes).toEqual(model.graph.nodes);
});
