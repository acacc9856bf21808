import { Algebra } from '../src/algebra/algebra.js';
import { node } from '../src/graph.js';
import { operatorOf } from '../src/operators/registry.js';
import { buildModel } from './build-model.js';

const algebra = () =>
  new Algebra(buildModel({ nodes: [node('Identity', ['x'], ['y'])] }), operatorOf);

test('what is there already is not computed twice', () => {
  const g = algebra();
  expect(g.exp('x')).toBe(g.exp('x'));
});

test.each([
  'Bernoulli',
  'Dropout',
  'Multinomial',
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
])('%s gives something else each time', name => {
  const g = algebra();
  const inputs = /^Random(Normal|Uniform)$/.test(name) ? [] : ['x'];
  const once = g.op(name, inputs, { shape: [2, 3] });
  expect(g.op(name, inputs, { shape: [2, 3] })).not.toBe(once);
});
