import { node, writeModel, type Model } from '@nads/onnx';
import { expectClose } from '@nads/testing';
import { float32, type Runtime } from '../src/index.js';
import { nodeRuntime } from '../src/node.js';
import { webRuntime } from '../src/web.js';

/** y = max(x + 1, 0) with the 1 as an initializer. */
const model: Model = {
  irVersion: 8,
  opsets: new Map([['', 13]]),
  producer: { name: 'nads', version: '' },
  functions: [],
  graph: {
    name: 'g',
    nodes: [node('Add', ['x', 'one'], ['s']), node('Relu', ['s'], ['y'])],
    inputs: [{ name: 'x', type: 'float32', dims: ['N'] }],
    outputs: [{ name: 'y', type: 'float32', dims: ['N'] }],
    initializers: new Map([['one', { type: 'float32', dims: [1], data: Float32Array.of(1) }]]),
    valueInfo: [],
  },
};

/** The same with other names of its input and output. */
function named(input: string, output: string): Model {
  const { graph } = model;
  const nodes = [node('Add', [input, 'one'], ['s']), node('Relu', ['s'], [output])];
  const inputs = [{ ...graph.inputs[0], name: input }];
  return {
    ...model,
    graph: { ...graph, nodes, inputs, outputs: [{ ...graph.outputs[0], name: output }] },
  };
}

describe.each<[string, Runtime]>([
  ['onnxruntime-node', nodeRuntime],
  ['onnxruntime-web', webRuntime],
])('%s', (name, runtime) => {
  test('runs a model and gives its outputs with their dims', async () => {
    const session = await runtime.createSession(writeModel(model), { threads: 1 });
    const { y } = await session.run({ x: float32(Float32Array.of(-3, 0, 2), [3]) });
    expectClose(y.data as Float32Array, [0, 1, 3]);
    expect(y.dims).toEqual([3]);
    expect(session.inputs).toEqual(['x']);
    await session.release();
  });

  test.each(['constructor', 'toString', 'hasOwnProperty'])(
    'runs with values called %s',
    async name => {
      const session = await runtime.createSession(writeModel(named(name, `${name}?`)), {
        threads: 1,
      });
      const inputs = { [name]: float32(Float32Array.of(-3, 0, 2), [3]) };
      expectClose((await session.run(inputs))[`${name}?`].data as Float32Array, [0, 1, 3]);
      await session.release();
      const other = await runtime.createSession(writeModel(named('x', name)), { threads: 1 });
      const outputs = await other.run({ x: float32(Float32Array.of(1), [1]) });
      expect(Object.keys(outputs)).toEqual([name]);
      await other.release();
    },
  );

  test('takes an input called __proto__, and refuses such an output', async () => {
    const session = await runtime.createSession(writeModel(named('__proto__', 'y')), {
      threads: 1,
    });
    const { y } = await session.run({ ['__proto__']: float32(Float32Array.of(2), [1]) });
    expectClose(y.data as Float32Array, [3]);
    await session.release();
    const refused = runtime.createSession(writeModel(named('x', '__proto__')), { threads: 1 });
    await expect(refused).rejects.toThrow("an output is called '__proto__'");
  });

  test('says in its name which runtime and version it is', () => {
    expect(runtime.name).toMatch(new RegExp(`^${name} \\d+\\.\\d+`));
  });
});
