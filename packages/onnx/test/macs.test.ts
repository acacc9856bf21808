import { attributes, type AttributeLike } from '../src/attribute.js';
import { node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { macs } from '../src/macs.js';
import { buildModel, normal } from './build-model.js';

const image = [2, 4, 8, 8];

test.each<[string, Record<string, AttributeLike>, number[], number[], number]>([
  // outputs × products of each
  ['Conv', {}, image, [6, 4, 3, 3], 2 * 6 * 6 * 6 * (4 * 9)],
  ['Conv', { strides: [2, 2], pads: [1, 1, 1, 1] }, image, [6, 4, 3, 3], 2 * 6 * 4 * 4 * (4 * 9)],
  ['Conv', { group: 2 }, image, [6, 2, 3, 3], 2 * 6 * 6 * 6 * (2 * 9)],
  // inputs × places that each goes to
  ['ConvTranspose', { strides: [2, 2] }, image, [4, 6, 3, 3], 2 * 4 * 8 * 8 * (6 * 9)],
  ['Gemm', {}, [7, 5], [5, 3], 7 * 5 * 3],
  ['Gemm', { transB: 1 }, [7, 5], [3, 5], 7 * 5 * 3],
  ['Gemm', { transA: 1 }, [5, 7], [5, 3], 7 * 5 * 3],
  ['MatMul', {}, [7, 5], [5, 3], 7 * 5 * 3],
  ['MatMul', {}, [2, 7, 5], [2, 5, 3], 2 * 7 * 5 * 3],
  ['Add', {}, [7, 5], [7, 5], 0],
])('%s %j of %j and %j', (operator, values, x, w, expected) => {
  const nodes = [node(operator, ['x', 'w'], ['y'], attributes(values))];
  const model = buildModel({ nodes, inputs: { x }, initializers: { w: normal(w) } });
  expect(macs(model.graph, inferShapes(model))).toBe(expected);
});

test('layers add up, unknown shapes count as none', () => {
  const nodes = [
    node('MatMul', ['x', 'w'], ['h']),
    node('MatMul', ['h', 'w'], ['g']),
    node('Own', ['g'], ['o'], new Map(), { domain: 'org.example' }),
    node('MatMul', ['g', 'w'], ['f'], new Map(), { domain: 'org.example' }),
    node('MatMul', ['o', 'w'], ['y']),
  ];
  const model = buildModel({ nodes, inputs: { x: [3, 5] }, initializers: { w: normal([5, 5]) } });
  expect(macs(model.graph, inferShapes(model))).toBe(2 * 3 * 5 * 5);
});
