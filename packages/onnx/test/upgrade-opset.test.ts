import { attributes } from '../src/attribute.js';
import { type Attribute, node, subgraphs, type Graph, type Node } from '../src/graph.js';
import { freeBatch } from '../src/free-batch.js';
import { inferShapes } from '../src/infer-shapes.js';
import type { Model } from '../src/model.js';
import { floats, tensorOf } from '../src/tensor.js';
import { upgradeOpset } from '../src/upgrade-opset.js';
import { buildModel, type Sketch } from './build-model.js';
import { expectSameModel, operatorsOf, sample } from './upgrade-agreement.js';

const squeeze = (from: string, to: string): Node =>
  node('Squeeze', [from], [to], attributes({ axes: [0] }));

const graphOf = (nodes: readonly Node[]): Attribute => ({
  type: 'graph',
  value: {
    name: 'branch',
    nodes,
    inputs: [],
    outputs: [{ name: nodes.at(-1)!.outputs[0], type: 'float32' }],
    initializers: new Map(),
    valueInfo: [],
  } satisfies Graph,
});

describe('upgrading a model', () => {
  test.each([17, 18])('leaves one of opset %i as it is', opset => {
    const model = buildModel({ nodes: [node('Relu', ['x'], ['y'])], opset });
    expect(upgradeOpset(model)).toBe(model);
  });

  test('says the new opset, keeps others, and a file version that may hold it', () => {
    const others = { opsets: new Map([['', 9] as const, ['com.microsoft', 1] as const]) };
    const model = buildModel({
      nodes: [node('Relu', ['x'], ['y'])],
      model: { ...others, irVersion: 4 },
    });
    const { opsets, irVersion, graph } = upgradeOpset(model);
    expect([...opsets]).toEqual([
      ['', 17],
      ['com.microsoft', 1],
    ]);
    expect(irVersion).toBe(8);
    expect(graph).toEqual(model.graph);
    expect(upgradeOpset({ ...model, irVersion: 9 }).irVersion).toBe(9);
  });

  test('keeps names, documentation and nodes of other sets', () => {
    const own = { ...squeeze('x', 'y'), name: 'mine', extra: { docString: 'why' } };
    const foreign = node('Crop', ['y'], ['z'], attributes({ axes: [0] }), { domain: 'mine' });
    const [, upgraded, untouched] = upgradeOpset(buildModel({ nodes: [own, foreign], opset: 8 }))
      .graph.nodes;
    expect(upgraded).toEqual({ ...own, inputs: ['x', 'y/upgrade/axes'], attributes: new Map() });
    expect(untouched).toBe(foreign);
  });

  test('takes constants from among the inputs of files that had to list them there', () => {
    const nodes = [node('Add', ['x', 'w'], ['y'])];
    const sketch = {
      nodes,
      inputs: { x: [3], w: [3] },
      initializers: { w: floats([3], [1, 2, 3]) },
    };
    const inputsFrom = (irVersion: number) =>
      upgradeOpset(buildModel({ ...sketch, opset: 8, model: { irVersion } })).graph.inputs;
    expect(inputsFrom(3).map(input => input.name)).toEqual(['x']);
    expect(inputsFrom(4).map(input => input.name)).toEqual(['x', 'w']);
  });

  test('reaches subgraphs, which know the values outside', async () => {
    const condition = node(
      'Constant',
      [],
      ['c'],
      attributes({ value: { type: 'tensor', value: tensorOf('bool', [], [1]) } }),
    );
    const softmax = node('Softmax', ['p'], ['q'], attributes({ axis: 1 }));
    const branches = attributes({
      then_branch: graphOf([squeeze('x', 'p'), softmax]),
      else_branch: graphOf([node('Squeeze', ['x'], ['r'])]),
    });
    const model = buildModel({
      nodes: [condition, node('If', ['c'], ['y'], branches)],
      inputs: { x: [1, 3, 4] },
      opset: 11,
    });
    const upgraded = await expectSameModel(model, { x: sample(1, 3, 4) });
    const [yes, no] = subgraphs(upgraded.graph.nodes[1]);
    expect(yes.nodes.map(({ operator }) => operator)).toEqual(['Constant', 'Squeeze', 'Softmax']);
    expect(no.nodes.map(({ operator }) => operator)).toEqual(['Squeeze']);
  });

  test('inlines functions', async () => {
    const call = node('Drop', ['x'], ['y'], new Map(), { domain: 'example' });
    const opsets = new Map([
      ['', 11],
      ['example', 1],
    ]);
    const drop = {
      name: 'Drop',
      domain: 'example',
      overload: '',
      inputs: ['a'],
      outputs: ['b'],
      defaults: new Map(),
      nodes: [squeeze('a', 'b')],
      opsets,
    };
    const model = buildModel({ nodes: [call], inputs: { x: [1, 3] }, model: { opsets } });
    const upgraded = await expectSameModel({ ...model, functions: [drop] }, { x: sample(1, 3) });
    expect(operatorsOf(upgraded)).toEqual(['Squeeze']);
  });

  test('forgets the hint about memory that all operators could have', () => {
    const hint = attributes({ consumed_inputs: [0] });
    const model = buildModel({ nodes: [node('Relu', ['x'], ['y'], hint)], opset: 1 });
    expect(upgradeOpset(model).graph.nodes[0].attributes.size).toBe(0);
  });

  test.each(['ATen', 'Crop', 'Scan'])('refuses %s, of which no form is left', operator => {
    const model = buildModel({ nodes: [node(operator, ['x'], ['y'])], opset: 8 });
    expect(() => upgradeOpset(model)).toThrow(
      `onnx: node 'y' (${operator} of opset 8) cannot be converted to opset 17: later opsets do not have this operator`,
    );
  });

  test('refuses targets whose forms it does not know', () => {
    const model = buildModel({ nodes: [node('Relu', ['x'], ['y'])], opset: 9 });
    expect(() => upgradeOpset(model, 13)).toThrow(
      'onnx: models can be converted to opset 16 or 17, not',
    );
    expect(upgradeOpset(model, 16).opsets.get('')).toBe(16);
  });
});

describe('upgrading a model whose batch is free', () => {
  const weights = { w: sample(5, 6) };
  const classifier = (shape: (string | number)[], ...tail: Node[]): Sketch => ({
    nodes: [node('MatMul', ['x', 'w'], ['z']), ...tail],
    inputs: { x: shape },
    initializers: weights,
    opset: 9,
  });

  test.each([
    ['of a vector an image', ['N', 5], 1, ['MatMul', 'Softmax']],
    ['of the last axis', ['N', 4, 5], 2, ['MatMul', 'Softmax']],
    ['of all but the batch', ['N', 4, 5], 1, ['MatMul', 'Flatten', 'Softmax', 'Shape', 'Reshape']],
    ['of several free axes', ['N', 'L', 5], 2, ['MatMul', 'Softmax']],
    ['over a free axis', ['N', 'L', 5], 1, ['MatMul', 'Flatten', 'Softmax', 'Shape', 'Reshape']],
  ])('keeps a softmax %s', async (_, shape, axis, operators) => {
    const softmax = node('Softmax', ['z'], ['y'], attributes({ axis }));
    const model = buildModel(classifier(shape, softmax));
    const dims = (batch: number) =>
      shape.map(size => ({ N: batch, L: 3 })[size as string] ?? Number(size));
    for (const batch of [1, 4]) await expectSameModel(model, { x: sample(...dims(batch)) });
    expect(operatorsOf(upgradeOpset(model))).toEqual(operators);
  });

  test('still lets the batch be freed', () => {
    const softmax = node('Softmax', ['z'], ['y'], attributes({ axis: 1 }));
    const model = buildModel(classifier([1, 2, 4, 5], softmax));
    const size = { channels: 2, height: 4, width: 5 };
    const image = { name: 'x', layout: 'NCHW', reason: '', batch: 1, ...size } as const;
    const freed = freeBatch(upgradeOpset(model), image);
    expect(freed.obstacle).toBeUndefined();
    const inference = inferShapes(freed.model, { x: [7, 2, 4, 5] });
    expect(inference.get('y')?.dims).toEqual([7, 2, 4, 6]);
  });

  test('knows nothing of what does not fit the sizes that it tries', async () => {
    const nodes = [
      node('Reshape', ['x', 'shape'], ['r']),
      node('Softmax', ['r'], ['y'], attributes({ axis: 1 })),
    ];
    const shape = tensorOf('int64', [2], [2, 6]);
    const model: Model = buildModel({
      nodes,
      inputs: { x: ['N', 3] },
      initializers: { shape },
      opset: 9,
    });
    const upgraded = await expectSameModel(model, { x: sample(4, 3) });
    expect(operatorsOf(upgraded)).toEqual(['Reshape', 'Flatten', 'Softmax', 'Shape', 'Reshape']);
  });

  test('trusts no size that holds for one of the sizes that it tries', async () => {
    const last = attributes({ axes: [1], starts: [255], ends: [1000] });
    const nodes = [
      node('Slice', ['x'], ['z'], last),
      node('Softmax', ['z'], ['y'], attributes({ axis: 0 })),
    ];
    const model = buildModel({ nodes, inputs: { x: ['N', 'L'] }, opset: 9 });
    await expectSameModel(model, { x: sample(2, 258) });
  });

  test('nor a value', async () => {
    const nodes = [
      node('Shape', ['x'], ['shape']),
      node('Cast', ['shape'], ['size'], attributes({ to: 1 })),
      node('Div', ['size', 'wanted'], ['scales']),
      node('Resize', ['x', 'scales'], ['y']),
    ];
    const wanted = floats([2], [2, 300]);
    const initializers = { wanted };
    const model = buildModel({ nodes, inputs: { x: [2, 'L'] }, initializers, opset: 10 });
    await expectSameModel(model, { x: sample(2, 240) });
    await expectSameModel(model, { x: sample(2, 450) });
  });
});
