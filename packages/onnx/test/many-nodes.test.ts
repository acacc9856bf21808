import { attributes } from '../src/attribute.js';
import { differentiate } from '../src/gradient/differentiate.js';
import { architecture } from '../src/fresh-weights.js';
import { node, type Node } from '../src/graph.js';
import { imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import { limits } from '../src/limits.js';
import { symmetries } from '../src/symmetries.js';
import { floats, type Tensor } from '../src/tensor.js';
import { weights } from '../src/weight.js';
import { buildModel, normal } from './build-model.js';

/** Each test would take minutes if a pass took time that grows with the square of the number of nodes or operands. */
const milliseconds = 20_000;

/** Nodes one behind the other from 'c', each made by `link`, behind a convolution. */
function chain(length: number, link: (from: string, to: string, i: number) => Node) {
  const nodes = [node('Conv', ['x', 'w'], ['c'])];
  for (let i = 0; i < length; i++) nodes.push(link(nodes.at(-1)!.outputs[0], `v${i}`, i));
  return nodes;
}

const network = (nodes: readonly Node[], initializers: Record<string, Tensor> = {}) =>
  buildModel({
    nodes,
    inputs: { x: [1, 1, 4, 4] },
    initializers: { w: normal([2, 1, 3, 3]), ...initializers },
  });

test(
  'weights of 10,000 additions of constants',
  () => {
    const shift = (i: number) => [`k${i}`, floats([1, 2, 1, 1], [i, 1])] as const;
    const nodes = chain(10_000, (from, to, i) => node('Add', [from, `k${i}`], [to]));
    const shifts = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => shift(i)));
    const model = network(nodes, shifts);
    const found = weights(model.graph, inferShapes(model));
    expect(found).toHaveLength(10_001);
  },
  milliseconds,
);

const scale = { scale: floats([2], [1, 1]), shift: floats([2], [0, 0]), one: floats([2], [1, 1]) };

test.each<[string, number, (from: string, to: string) => Node]>([
  [
    'normalisations, which are derived in parts',
    2000,
    (from, to) => node('BatchNormalization', [from, 'scale', 'shift', 'shift', 'one'], [to]),
  ],
  [
    'pools, which are asked for places',
    10_000,
    (from, to) => node('MaxPool', [from], [to], attributes({ kernel_shape: [1, 1] })),
  ],
  [
    'products of one value, which gets as many terms',
    10_000,
    (from, to) => node('Mul', [from, 'c'], [to]),
  ],
])(
  'the gradient of %s',
  (_, length, link) => {
    const { model } = differentiate(network(chain(length, link), scale), { wrt: ['x'] });
    expect(model.graph.nodes.length).toBeGreaterThan(length);
    for (const { inputs } of model.graph.nodes)
      expect(inputs.length).toBeLessThanOrEqual(limits.operands);
  },
  milliseconds,
);

test.each(['Sum', 'Concat'])(
  '%s of 200,000 operands',
  operator => {
    const operands = Array<string>(200_000).fill('c');
    const settings = operator === 'Concat' ? attributes({ axis: 1 }) : undefined;
    const model = network([
      node('Conv', ['x', 'w'], ['c']),
      node(operator, operands, ['y'], settings),
    ]);
    const channels = operator === 'Concat' ? 400_000 : 2;
    expect(inferShapes(model).get('y')!.dims).toEqual([1, channels, 2, 2]);
    const found = symmetries(model.graph, inferShapes(model), imageInput(model), new Set(['w']));
    expect(found.map(({ relabelling }) => relabelling)).toContain('flip rows');
    if (operator === 'Sum')
      expect(differentiate(model, { wrt: ['x'] }).gradients).toEqual(['gradient/x']);
  },
  milliseconds,
);

/** Many values, each computed by a node of its own. */
const negatives = Array.from({ length: 20_000 }, (_, i) => node('Neg', ['c'], [`n${i}`]));
const namesOf = (nodes: readonly Node[]) => nodes.map(({ outputs }) => outputs[0]);

test.each(['Max', 'Mean', 'Concat'])(
  'the gradient of %s of 20,000 values',
  operator => {
    const settings = operator === 'Concat' ? attributes({ axis: 1 }) : undefined;
    const last = node(operator, namesOf(negatives), ['y'], settings);
    const model = network([node('Conv', ['x', 'w'], ['c']), ...negatives, last]);
    expect(differentiate(model, { wrt: ['x'] }).gradients).toEqual(['gradient/x']);
  },
  milliseconds,
);

test.each([
  ['Concat', 100_000, 1],
  ['Sum', 20_000, 20_000],
])(
  'the architecture of a kernel that is the %s of %d operands, which are %d constants',
  (operator, count, different) => {
    const operands = Array.from({ length: count }, (_, i) => `k${i % different}`);
    const settings = operator === 'Concat' ? attributes({ axis: 0 }) : undefined;
    const constants = [...new Set(operands)].map(name => [name, normal([1, 1, 1, 1])] as const);
    const model = network(
      [node(operator, operands, ['kernel'], settings), node('Conv', ['x', 'kernel'], ['y'])],
      Object.fromEntries(constants),
    );
    expect(architecture(model, inferShapes(model)).draws).toHaveLength(different);
  },
  milliseconds,
);
