import { attributes } from '../../src/attribute.js';
import { differentiate } from '../../src/gradient/differentiate.js';
import { node, type Node } from '../../src/graph.js';
import type { Model } from '../../src/model.js';
import { tensorOf, type Tensor } from '../../src/tensor.js';
import { sample } from '../operators/one-node.js';
import { evaluate, expectModelGradients } from './expect-gradients.js';
import { network } from './network.js';

const model = (
  ...[nodes, constants, dims]: [Node[], Record<string, Tensor>, (number | string)[]]
) => network(13, nodes, constants, dims, 'float32');

/** How many nodes of each operator a gradient consists of. */
function counts(model: Model): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { operator } of differentiate(model, { wrt: ['x'] }).model.graph.nodes)
    all[operator] = (all[operator] ?? 0) + 1;
  return all;
}

test('a dense block: one Split for each Concat, one Sum for each value that many read', async () => {
  const join = (inputs: string[], output: string): Node =>
    node('Concat', inputs, [output], attributes({ axis: 1 }));
  const block = model(
    [
      node('Sin', ['x'], ['a']),
      join(['x', 'a'], 'xa'),
      node('ReduceSum', ['xa', 'axis'], ['b'], attributes({ keepdims: 1 })),
      join(['x', 'a', 'b'], 'xab'),
      node('Sin', ['xab'], ['c']),
      join(['x', 'a', 'b', 'c'], 'y'),
    ],
    { axis: tensorOf('int64', [1], [1]) },
    ['N', 2],
  );
  expect(counts(block)).toMatchObject({ Split: 3, Sum: 2 });
  expect(counts(block).Slice).toBeUndefined();
  await expectModelGradients(block, new Map([['x', sample(3, 2)]]), { single: true });
});

test('a piece that stands alone among constants is sliced off', () => {
  const nodes = [node('Concat', ['x', 'token'], ['y'], attributes({ axis: 1 }))];
  const joined = model(nodes, { token: sample(1, 3) }, [1, 2]);
  expect(counts(joined)).toMatchObject({ Slice: 1 });
  expect(counts(joined).Split).toBeUndefined();
});

test.each([
  [1, [6, 4, 3, 3], ['Conv', 'MatMul', 'Reshape', 'Reshape', 'Transpose']],
  [4, [4, 1, 3, 3], ['Conv', 'MatMul', 'Reshape', 'Reshape']],
])('a kernel of %p groups is turned without detours', (group, dims, expected) => {
  const nodes = [node('Conv', ['x', 'w'], ['y'], attributes({ group, pads: [1, 1, 1, 1] }))];
  const convolution = model(nodes, { w: { ...sample(...dims) } }, ['N', 4, 16, 16]);
  // as a weight of which only the dims count
  const { graph } = differentiate(convolution, { wrt: ['x'], variables: ['w'] }).model;
  const operators = graph.nodes.map(({ operator }) => operator).filter(name => name !== 'Identity');
  expect(operators.toSorted()).toEqual(expected);
});

test('what one divisor adds up to is divided once', async () => {
  const nodes = [
    node('ReduceMax', ['x'], ['m'], attributes({ axes: [1] })),
    node('Div', ['x', 'm'], ['q']),
    node('Sub', ['q', 'm'], ['y']),
  ];
  const quotient = model(nodes, {}, [2, 3]);
  const x = tensorOf('float32', [2, 3], [1, 2, 4, 2, 8, 4]);
  const derivative = differentiate(quotient, { wrt: ['x'] });
  const wide = derivative.model.graph.nodes.filter(({ operator }) => operator === 'Neg');
  const shapes = await Promise.all(
    wide.map(async ({ outputs }) => {
      const shown = { ...derivative.model.graph, outputs: [{ name: outputs[0] }] };
      const feeds = new Map([
        ['x', x],
        ['seed/y', x],
      ]);
      const [{ tensor }] = await evaluate({ ...derivative.model, graph: shown }, feeds);
      return tensor.dims;
    }),
  );
  expect(shapes).toEqual([
    [2, 1],
    [2, 1],
  ]);
});
