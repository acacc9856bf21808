import { attributes } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { requireGrowth } from '../src/require-growth.js';
import { floats, integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';

const attempt = (only: Node, initializers: Record<string, Tensor>) => () => {
  const model = buildModel({ nodes: [only], initializers, inputs: { x: [2, 1, 8, 8] } });
  requireGrowth(model.graph, inferShapes(model), 128);
};

const pads = (zeros: number) => attributes({ pads: [zeros, 0, 0, 0] });

test.each<[string, Node, Record<string, Tensor>]>([
  ['pads', node('Conv', ['x', 'w'], ['y'], pads(1e6)), { w: normal([1, 1, 3, 3]) }],
  ['tiles', node('Tile', ['x', 'n'], ['y']), { n: integers([1, 1, 1000, 1000]) }],
  ['a resized map', node('Resize', ['x', '', 's'], ['y']), { s: floats([4], [1, 1, 1e3, 1e3]) }],
  ['a stretched value', node('Expand', ['x', 'to'], ['y']), { to: integers([99999, 1, 1, 1, 1]) }],
  ['a constant', node('ConstantOfShape', ['to'], ['y']), { to: integers([40000, 40000]) }],
])('%s out of proportion to the images', (_, only, initializers) => {
  expect(attempt(only, initializers)).toThrow(/^node 'y' \(\w+\) computes \[.*\], [\d,]+ values/);
  expect(attempt(only, initializers)).toThrow(
    'values from 128 of images; at most 1,280,000 are run, so export a smaller model',
  );
});

test('a map that is a few thousand times as large is run', () => {
  const weights = { w: normal([1, 1, 3, 3]) };
  expect(attempt(node('Conv', ['x', 'w'], ['y'], pads(1e4)), weights)).not.toThrow();
});
