import { attributes } from '../src/attribute.js';
import { differentiate } from '../src/gradient/differentiate.js';
import { node, type Node } from '../src/graph.js';
import { imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
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
