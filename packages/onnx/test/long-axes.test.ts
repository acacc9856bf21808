import { attributes } from '../src/attribute.js';
import { differentiate } from '../src/gradient/differentiate.js';
import { node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { integers } from '../src/tensor.js';
import { buildModel } from './build-model.js';

test('a slice of an axis of 10^9 lists no indices', () => {
  const model = buildModel({
    inputs: { x: [1, 1e9] },
    nodes: [node('Slice', ['x', 'starts', 'ends', 'axes', 'steps'], ['y'])],
    initializers: {
      starts: integers([1]),
      ends: integers([-1]),
      axes: integers([1]),
      steps: integers([2]),
    },
  });
  expect(inferShapes(model).get('y')?.dims).toEqual([1, 499_999_999]);
});

test('of the neighbours that LRN sums over only those within the channels count', () => {
  const model = buildModel({
    inputs: { x: [1, 3, 2, 2] },
    nodes: [node('LRN', ['x'], ['y'], attributes({ size: 100_001 }))],
  });
  const { graph } = differentiate(model, { wrt: ['x'] }).model;
  expect(graph.nodes.length).toBeLessThan(100);
});

test.each([
  ['strides', [0, 1], '2 sizes of 1'],
  ['dilations', [1, -2], '2 sizes of 1'],
  ['pads', [0, -1, 0, 0], '4 sizes of 0'],
])('a window of %s %p is refused', (name, sizes, expected) => {
  const settings = attributes({ kernel_shape: [2, 2], [name]: sizes });
  const model = buildModel({ nodes: [node('MaxPool', ['x'], ['y'], settings)] });
  expect(() => inferShapes(model)).toThrow(
    `node 'y' (MaxPool): ${name} [${sizes}], expected ${expected} or more`,
  );
});
