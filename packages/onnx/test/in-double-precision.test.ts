import { attributes, float } from '../src/attribute.js';
import { node } from '../src/graph.js';
import { inDoublePrecision } from '../src/in-double-precision.js';
import type { Model } from '../src/model.js';
import { floats, integers, numbersOf, tensorOf } from '../src/tensor.js';
import { evaluate } from './gradient/expect-gradients.js';

const model: Model = {
  irVersion: 8,
  opsets: new Map([['', 13]]),
  producer: { name: '', version: '' },
  functions: [],
  graph: {
    name: 'thirds',
    nodes: [
      node('Constant', [], ['third'], attributes({ value_float: float(1 / 3) })),
      node('Cast', ['count'], ['counted'], attributes({ to: 1 })),
      node('Mul', ['x', 'third'], ['scaled']),
      node('Add', ['scaled', 'counted'], ['shifted']),
      node('Div', ['shifted', 'w'], ['y']),
    ],
    inputs: [{ name: 'x', type: 'float32', dims: ['N'] }],
    outputs: [{ name: 'y', type: 'float32' }],
    initializers: new Map([
      ['w', floats([1], [3])],
      ['count', integers([1])],
    ]),
    valueInfo: [{ name: 'scaled', type: 'float32', dims: ['N'] }],
  },
};

test('every number is carried in double precision, constants keep their values', async () => {
  const wide = inDoublePrecision(model);
  expect(wide.graph.initializers.get('count')!.type).toBe('int64');
  expect(wide.graph.outputs[0].type).toBe('float64');
  const [{ tensor }] = await evaluate(wide, new Map([['x', tensorOf('float64', [2], [1e-9, 1])]]));
  const third = Math.fround(1 / 3);
  expect(numbersOf(tensor)).toEqual([(1e-9 * third + 1) / 3, (third + 1) / 3]);
});
