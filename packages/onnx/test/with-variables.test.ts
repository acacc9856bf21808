import { attributes } from '../src/attribute.js';
import { node } from '../src/graph.js';
import { floats, numbersOf } from '../src/tensor.js';
import { withVariables } from '../src/with-variables.js';
import { evaluate } from './gradient/expect-gradients.js';
import { buildModel } from './build-model.js';

const c = floats([2], [10, 20]);
const model = buildModel({
  inputs: { x: ['N', 2] },
  nodes: [
    node('Constant', [], ['c'], attributes({ value: { type: 'tensor', value: c } })),
    node('Mul', ['x', 'a'], ['m']),
    node('Add', ['m', 'c'], ['y']),
  ],
  initializers: { a: floats([2], [3, 4]) },
});

test('constants become inputs with other values, wherever they are', async () => {
  const { model: variable, values } = withVariables(model, ['a', 'c']);
  expect([...values].map(([name, value]) => [name, ...numbersOf(value)])).toEqual([
    ['a', 3, 4],
    ['c', 10, 20],
  ]);
  expect(variable.graph.inputs.map(({ name }) => name)).toEqual(['x', 'a', 'c']);
  const feeds = new Map([
    ['x', floats([1, 2], [1, 1])],
    ['a', floats([2], [5, 6])],
    ['c', floats([2], [100, 200])],
  ]);
  const [{ tensor }] = await evaluate(variable, feeds);
  expect(numbersOf(tensor)).toEqual([105, 206]);
});

test('a value that is computed is refused', () => {
  expect(() => withVariables(model, ['m'])).toThrow("'m' is no constant");
});
