import { node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { integers } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';

const relu = node('Relu', ['x'], ['y']);

test('dims come from the file, or from the caller', () => {
  const model = buildModel({ nodes: [relu], inputs: { x: [2, 3] } });
  expect(inferShapes(model).get('y')?.dims).toEqual([2, 3]);
  expect(inferShapes(model, { x: [5, 3] }).get('y')?.dims).toEqual([5, 3]);
});

test.each([[['N', 3]], [[undefined, 3]], [[-1, 3]]])('inputs of dims %j are not known', dims => {
  const model = buildModel({ nodes: [relu], inputs: { x: dims } });
  expect(inferShapes(model).get('x')).toEqual({ type: 'float32' });
  expect(inferShapes(model).get('y')?.dims).toBeUndefined();
});

test('operators that nobody knows have outputs that nobody knows, and what follows goes on', () => {
  const own = node('Own', ['x'], ['a', 'b'], new Map(), { domain: 'org.example' });
  const nodes = [own, node('Relu', ['a'], ['y']), node('Relu', ['x'], ['z'])];
  const inference = inferShapes(buildModel({ nodes, inputs: { x: [2] } }));
  expect([inference.get('a'), inference.get('y')?.dims, inference.get('z')?.dims]).toEqual([
    {},
    undefined,
    [2],
  ]);
});

test('shapes that contradict each other are refused, naming the node', () => {
  const product = node('MatMul', ['x', 'w'], ['y'], new Map(), { name: 'fc' });
  const model = buildModel({
    nodes: [product],
    inputs: { x: [2, 3] },
    initializers: { w: normal([4, 5]) },
  });
  expect(() => inferShapes(model)).toThrow("node 'fc' (MatMul): ");
});

test.each([
  ['ConstantOfShape', ['s']],
  ['Expand', ['x', 's']],
])('%s to 2⁶⁰ elements allocates nothing', (operator, inputs) => {
  const nodes = [node(operator, inputs, ['y'])];
  const model = buildModel({
    nodes,
    inputs: { x: [1] },
    initializers: { s: integers([2 ** 30, 2 ** 30]) },
  });
  expect(inferShapes(model).get('y')).toEqual({ type: 'float32', dims: [2 ** 30, 2 ** 30] });
});

test.each(['__proto__', 'constructor', 'toString'])('an input may be called %s', name => {
  const model = buildModel({ nodes: [node('Relu', [name], ['y'])] });
  const { graph } = model;
  const inputs = [{ ...graph.inputs[0], name, dims: [1, 2, 3, 4] }];
  const dims = inferShapes({ ...model, graph: { ...graph, inputs } }).get('y')!.dims;
  expect(dims).toEqual([1, 2, 3, 4]);
});
