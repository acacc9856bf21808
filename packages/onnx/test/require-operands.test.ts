import { node } from '../src/graph.js';
import type { FunctionDefinition, Model } from '../src/model.js';
import { readModel } from '../src/read-model.js';
import { writeModel } from '../src/write-model.js';
import { buildModel } from './build-model.js';

const readBack = (model: Model) => () => readModel(writeModel(model), 'm.onnx');

test.each([
  [node('Conv', ['x'], ['y']), "node 'y' (Conv) has 1 input, expected 2 to 3"],
  [node('Conv', ['x', 'w', 'b', 'c'], ['y']), "node 'y' (Conv) has 4 inputs, expected 2 to 3"],
  [node('Conv', ['x', ''], ['y']), "node 'y' (Conv) leaves out input 1, which it needs"],
  [node('Relu', [], ['y']), "node 'y' (Relu) has 0 inputs, expected 1"],
  [node('Add', ['x', 'x', 'x'], ['y']), "node 'y' (Add) has 3 inputs, expected 2"],
  [node('Concat', [], ['y']), "node 'y' (Concat) has 0 inputs, expected 1 or more"],
  [node('Constant', ['x'], ['y']), "node 'y' (Constant) has 1 input, expected none"],
  [node('Relu', ['x'], ['y', 'z']), "node 'y' (Relu) has 2 outputs, expected 1"],
  [
    node('Relu', ['x'], [], new Map(), { name: 'last' }),
    "node 'last' (Relu) has 0 outputs, expected 1",
  ],
])('%j', (only, problem) => {
  const model = buildModel({ nodes: [only], outputs: ['y'] });
  expect(readBack(model)).toThrow(`m.onnx: ${problem}; export the model again`);
});

test.each([
  [node('Max', Array<string>(4097).fill('x'), ['y']), "node 'y' (Max) has inputs: 4,097"],
  [
    node('Split', ['x'], ['y', ...Array.from({ length: 4096 }, (_, i) => `${i}`)]),
    "node 'y' (Split) has outputs: 4,097",
  ],
])('more operands than there may be', (only, problem) => {
  expect(readBack(buildModel({ nodes: [only] }))).toThrow(
    `m.onnx: ${problem}; at most 4,096 are read, so export a smaller model`,
  );
});

test('inputs that are optional may be left out', () => {
  const nodes = [node('Clip', ['x', '', 'high'], ['y']), node('Resize', ['y', '', 's'], ['z'])];
  expect(readBack(buildModel({ nodes }))).not.toThrow();
});

test('nodes in graphs inside nodes are counted, too', () => {
  const branch = buildModel({ nodes: [node('MatMul', ['x'], ['z'])] }).graph;
  const inner = new Map([['then_branch', { type: 'graph' as const, value: branch }]]);
  expect(readBack(buildModel({ nodes: [node('If', ['x'], ['y'], inner)] }))).toThrow(
    "node 'z' (MatMul) has 1 input, expected 2",
  );
});

test("a function of the model may have an operator's name, and is checked inside", () => {
  const own = (body: FunctionDefinition['nodes']): FunctionDefinition => ({
    name: 'Relu',
    domain: '',
    overload: '',
    inputs: ['a', 'b'],
    outputs: ['c'],
    defaults: new Map(),
    nodes: body,
    opsets: new Map([['', 13]]),
  });
  const calling = (body: FunctionDefinition['nodes']) =>
    buildModel({ nodes: [node('Relu', ['x', 'x'], ['y'])], model: { functions: [own(body)] } });
  expect(readBack(calling([node('Add', ['a', 'b'], ['c'])]))).not.toThrow();
  expect(readBack(calling([node('Add', ['a'], ['c'])]))).toThrow("node 'c' (Add) has 1 input");
});

test('graphs that attributes of functions have as defaults are checked', () => {
  const inside = buildModel({ nodes: [node('Add', ['a'], ['c'])] }).graph;
  const own: FunctionDefinition = {
    name: 'Own',
    domain: '',
    overload: '',
    inputs: ['a'],
    outputs: ['b'],
    nodes: [node('Relu', ['a'], ['b'])],
    opsets: new Map([['', 13]]),
    defaults: new Map([['branch', { type: 'graph', value: inside }]]),
  };
  const model = buildModel({
    nodes: [node('Own', ['x'], ['y'])],
    model: { functions: [own] },
  });
  expect(readBack(model)).toThrow("node 'c' (Add) has 1 input");
});
