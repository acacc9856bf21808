import { InferenceSession, Tensor } from 'onnxruntime-node';
import { attributes, float } from '../src/attribute.js';
import { type Attribute, node, subgraphs, type Graph, type Node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { inlineFunctions } from '../src/inline-functions.js';
import type { FunctionDefinition, Model } from '../src/model.js';
import { readModel } from '../src/read-model.js';
import { floats, tensorOf } from '../src/tensor.js';
import { writeModel } from '../src/write-model.js';

const domain = 'example';
const call = (name: string, inputs: string[], outputs: string[], values = {}): Node =>
  node(name, inputs, outputs, attributes(values), { name: `call_${outputs[0]}`, domain });

/** A reference to an attribute of the function around it, as the file holds it. */
const reference = (name: string, to: string, type = 1): Attribute => ({
  type: 'reference',
  value: to,
  wire: { name, refAttrName: to, type },
});

const define = (name: string, given: Partial<FunctionDefinition>): FunctionDefinition => ({
  name,
  domain,
  overload: '',
  inputs: ['a'],
  outputs: ['b'],
  defaults: new Map(),
  nodes: [],
  opsets: new Map([
    ['', 17],
    [domain, 1],
  ]),
  ...given,
});

/** y = leaky(x), its slope an attribute that is 0.5 unless the call says otherwise. */
const leaky = define('Leaky', {
  nodes: [
    node('Neg', ['a'], ['t']),
    node('Neg', ['t'], ['u']),
    node('LeakyRelu', ['u'], ['b'], attributes({ alpha: reference('alpha', 'slope') })),
  ],
  defaults: attributes({ slope: 0.5 }),
});

/** Two leaky layers, one after the other. */
const twice = define('Twice', {
  nodes: [call('Leaky', ['a'], ['t']), call('Leaky', ['t'], ['b'], { slope: float(0.25) })],
});

function modelOf(nodes: Node[], functions: FunctionDefinition[], outputs = ['y']): Model {
  return {
    irVersion: 8,
    opsets: new Map([
      ['', 17],
      [domain, 1],
    ]),
    producer: { name: '', version: '' },
    functions,
    graph: {
      name: 'caller',
      nodes,
      inputs: [{ name: 'x', type: 'float32', dims: [4] }],
      outputs: outputs.map(name => ({ name, type: 'float32', dims: [4] })),
      initializers: new Map(),
      valueInfo: [],
    },
  };
}

async function run(model: Model): Promise<number[][]> {
  const options = { logSeverityLevel: 4, intraOpNumThreads: 1 } as const;
  const session = await InferenceSession.create(writeModel(model), options);
  const results = await session.run({ x: new Tensor('float32', [-8, -1, 0, 3], [4]) });
  await session.release();
  return session.outputNames.map(name => Array.from(results[name].data as Float32Array));
}

/** Asserts that a model computes the same without its functions, and returns it. */
async function expectInlined(model: Model): Promise<Model> {
  const inlined = inlineFunctions(readModel(writeModel(model)));
  expect(inlined.functions).toEqual([]);
  expect(inlined.opsets).toEqual(new Map([['', 17]]));
  expect(allNodes(inlined.graph).map(n => n.domain)).not.toContain(domain);
  const names = allNodes(inlined.graph).flatMap(n => n.outputs);
  expect(new Set(names).size).toBe(names.length);
  expect(await run(inlined)).toEqual(await run(model));
  return inlined;
}

/** A subgraph of one node. */
const inner = (...nodes: Node[]): Attribute => ({
  type: 'graph',
  value: {
    name: 'branch',
    nodes,
    inputs: [],
    outputs: [{ name: nodes.at(-1)!.outputs[0], type: 'float32' }],
    initializers: new Map(),
    valueInfo: [],
  },
});

const allNodes = (graph: Graph): Node[] =>
  graph.nodes.flatMap(n => [n, ...subgraphs(n).flatMap(allNodes)]);

describe('inlining functions', () => {
  test('leaves a model without functions as it is', () => {
    const model = modelOf([node('Relu', ['x'], ['y'])], []);
    expect(inlineFunctions(model)).toBe(model);
  });

  test('computes the same, values of each call under names of their own', async () => {
    const nodes = [call('Leaky', ['x'], ['t']), call('Leaky', ['t'], ['y'])];
    const inlined = await expectInlined(modelOf(nodes, [leaky]));
    const leakyNodes = ['Neg', 'Neg', 'LeakyRelu'];
    expect(inlined.graph.nodes.map(n => n.operator)).toEqual([...leakyNodes, ...leakyNodes]);
    expect(await run(inlined)).toEqual([[-2, -0.25, 0, 3]]);
  });

  test('takes attributes from the call, else from the function', async () => {
    const nodes = [call('Leaky', ['x'], ['y'], { slope: float(0.125) })];
    const inlined = await expectInlined(modelOf(nodes, [leaky]));
    expect(await run(inlined)).toEqual([[-1, -0.125, 0, 3]]);
  });

  test('leaves out attributes that nobody gives', async () => {
    const given = { ...leaky, defaults: new Map(), extra: { attribute: ['slope'] } };
    const inlined = await expectInlined(modelOf([call('Leaky', ['x'], ['y'])], [given]));
    expect(inlined.graph.nodes.at(-1)!.attributes.size).toBe(0);
  });

  test('reaches functions that functions call', async () => {
    const inlined = await expectInlined(modelOf([call('Twice', ['x'], ['y'])], [twice, leaky]));
    expect(await run(inlined)).toEqual([[-1, -0.125, 0, 3]]);
  });

  test('reaches calls and attributes inside subgraphs', async () => {
    const slope = attributes({ alpha: reference('alpha', 'slope') });
    const branches = attributes({
      then_branch: inner(call('Leaky', ['a'], ['then'])),
      else_branch: inner(node('LeakyRelu', ['a'], ['else'], slope)),
    });
    const condition = attributes({ value: { type: 'tensor', value: tensorOf('bool', [], [0]) } });
    const choosing = define('Choosing', {
      nodes: [node('Constant', [], ['c'], condition), node('If', ['c'], ['b'], branches)],
      defaults: attributes({ slope: 0.5 }),
    });
    const nodes = [call('Choosing', ['x'], ['t']), call('Choosing', ['t'], ['y'])];
    const inlined = await expectInlined(modelOf(nodes, [choosing, leaky]));
    expect(inferShapes(inlined).get('y')?.dims).toEqual([4]);
  });

  test('a function that calls itself in a graph that is the default of an attribute, without end, is refused', () => {
    const again = define('Again', {
      nodes: [node('If', ['a'], ['b'], attributes({ then_branch: reference('then', 'branch') }))],
      defaults: attributes({ branch: inner(call('Again', ['a'], ['t'])) }),
    });
    expect(() => inlineFunctions(modelOf([call('Again', ['x'], ['y'])], [again]))).toThrow(
      'its functions call each other to a depth of 65',
    );
  });

  test('a call may hand on a graph that calls the same function with another one', () => {
    const choosing = define('Choosing', {
      nodes: [node('If', ['a'], ['b'], attributes({ then_branch: reference('then', 'branch') }))],
    });
    const innermost = inner(node('Neg', ['x'], ['n']));
    const within = inner(call('Choosing', ['x'], ['t'], { branch: innermost }));
    const inlined = inlineFunctions(
      modelOf([call('Choosing', ['x'], ['y'], { branch: within })], [choosing]),
    );
    const [outer] = subgraphs(inlined.graph.nodes[0]);
    expect(subgraphs(outer.nodes[0])[0].nodes.map(({ operator }) => operator)).toEqual(['Neg']);
  });

  test('graphs that are handed on from function to function, twice by each, count as often as they stand there', () => {
    const doubling = (name: string, next: string) =>
      define(name, {
        nodes: [
          call(next, ['a'], ['b'], {
            branch: inner(
              node('If', ['a'], ['s'], attributes({ then_branch: reference('p', 'branch') })),
              node('If', ['s'], ['t'], attributes({ then_branch: reference('q', 'branch') })),
            ),
          }),
        ],
      });
    const last = define('F0', {
      nodes: [node('If', ['a'], ['b'], attributes({ then_branch: reference('p', 'branch') }))],
    });
    const functions = [
      last,
      ...Array.from({ length: 40 }, (_, i) => doubling(`F${i + 1}`, `F${i}`)),
    ];
    const branch = inner(node('Neg', ['a'], ['t']));
    const model = modelOf([call('F40', ['x'], ['y'], { branch })], functions);
    expect(() => inlineFunctions(model)).toThrow(/the calls of its functions stand for/);
  });

  test('hands on inputs that are outputs, and outputs given twice', async () => {
    const nodes = [node('Neg', ['a'], ['b'])];
    const several = define('Several', { nodes, outputs: ['b', 'a', 'b'] });
    const model = modelOf([call('Several', ['x'], ['p', 'q', 'r'])], [several], ['p', 'q', 'r']);
    const inlined = inlineFunctions(model);
    expect(await run(inlined)).toEqual([
      [8, 1, -0, -3],
      [-8, -1, 0, 3],
      [8, 1, -0, -3],
    ]);
  });

  test('keeps inputs and outputs out that the call leaves out', () => {
    const clip = define('Bounded', {
      inputs: ['a', 'low', 'high'],
      nodes: [node('Clip', ['a', 'low', 'high'], ['b']), node('Relu', ['b'], ['c'])],
      outputs: ['b', 'c'],
    });
    const given = modelOf([call('Bounded', ['x', ''], ['y'])], [clip]);
    const [bounded, relu] = inlineFunctions(given).graph.nodes;
    expect(bounded.inputs).toEqual(['x', '', '']);
    expect(relu.outputs).toEqual(['call_y/c']);
  });

  test('avoids names that the graph has', () => {
    const nodes = [node('Relu', ['x'], ['call_y/t']), call('Leaky', ['call_y/t'], ['y'])];
    const inlined = inlineFunctions(modelOf(nodes, [leaky]));
    expect(inlined.graph.nodes.map(n => n.outputs[0])).toEqual([
      'call_y/t',
      'call_y/t_1',
      'call_y/u',
      'y',
    ]);
  });

  test('tells overloads apart', () => {
    const other = define('Leaky', { overload: 'other', nodes: [node('Relu', ['a'], ['b'])] });
    const nodes = [{ ...call('Leaky', ['x'], ['y']), extra: { overload: 'other' } }];
    expect(inlineFunctions(modelOf(nodes, [leaky, other])).graph.nodes[0].operator).toBe('Relu');
  });

  test('refuses functions that call themselves', () => {
    const a = define('A', { nodes: [call('B', ['a'], ['b'])] });
    const b = define('B', { nodes: [call('A', ['a'], ['b'])] });
    expect(() => inlineFunctions(modelOf([call('A', ['x'], ['y'])], [a, b]))).toThrow(
      "onnx: function 'A' calls itself (A → B → A)",
    );
  });

  test('refuses calls that stand for 2^40 nodes, and ones 100 deep, before it replaces any', () => {
    const chain = (length: number, calls: number) =>
      Array.from({ length }, (_, i) =>
        define(`F${i}`, {
          nodes: Array.from({ length: calls }, (_, k) =>
            i === length - 1
              ? node('Relu', ['a'], ['b'])
              : call(`F${i + 1}`, ['a'], [k ? 'b' : 't']),
          ),
        }),
      );
    const first = [call('F0', ['x'], ['y'])];
    expect(() => inlineFunctions(modelOf(first, chain(40, 2)))).toThrow(
      /the calls of its functions stand for nodes and operands: [\d,]+; at most 1,000,000 are read/,
    );
    expect(() => inlineFunctions(modelOf(first, chain(100, 1)))).toThrow(
      'its functions call each other to a depth of 65; at most 64 are read',
    );
    expect(inlineFunctions(modelOf(first, chain(60, 1))).graph.nodes).toHaveLength(1);
  });

  test('refuses functions whose values feed themselves', () => {
    const circle = define('Circle', {
      nodes: [node('Identity', ['b'], ['t']), node('Identity', ['t'], ['b'])],
    });
    expect(() => inlineFunctions(modelOf([call('Circle', ['x'], ['y'])], [circle]))).toThrow(
      /node '.*' \(Identity\) reads 'y' before it is computed/,
    );
  });

  test('refuses operator sets that contradict each other', () => {
    const newer = { ...leaky, opsets: new Map([['', 18]]) };
    const nodes = [node('Relu', ['x'], ['t']), call('Leaky', ['t'], ['y'])];
    expect(() => inlineFunctions(modelOf(nodes, [newer]))).toThrow(
      "onnx: function 'Leaky' needs version 18 of operator set 'ai.onnx', other nodes 17",
    );
  });

  test('takes the version of the functions where the graph itself has no nodes of that set', () => {
    const newer = { ...leaky, opsets: new Map([['', 18]]) };
    const inlined = inlineFunctions(modelOf([call('Leaky', ['x'], ['y'])], [newer]));
    expect(inlined.opsets).toEqual(new Map([['', 18]]));
  });

  test('keeps constants of the caller', () => {
    const model = modelOf([call('Leaky', ['w'], ['y'])], [leaky]);
    const graph = { ...model.graph, initializers: new Map([['w', floats([4], [1, 2, 3, 4])]]) };
    expect(inlineFunctions({ ...model, graph }).graph.initializers.has('w')).toBe(true);
  });
});
