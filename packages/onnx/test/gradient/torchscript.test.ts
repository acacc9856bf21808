import { Random } from '@nads/linalg';
import { differentiate } from '../../src/gradient/differentiate.js';
import type { Node } from '../../src/graph.js';
import { tensorOf } from '../../src/tensor.js';
import { whole } from '../operators/one-node.js';
import { normal } from './expect-gradients.js';
import { expectRight, n, network } from './network.js';

// What TorchScript's exporter leaves in a graph.

const random = new Random('torchscript');
const x = (...dims: number[]) => normal(random, ...dims);

const branch = (...nodes: Node[]) => ({
  type: 'graph' as const,
  value: {
    name: 'branch',
    nodes,
    inputs: [],
    outputs: [{ name: 'result' }],
    initializers: new Map([['axis', whole([1])]]),
    valueInfo: [],
  },
});

const maybeSqueezed = (axis: number) =>
  network(
    13,
    [
      n('Shape', 'x', 'shape'),
      n('Gather', 'shape at', 'size', { axis: 0 }),
      n('Equal', 'size one', 'single'),
      n('If', 'single', 'maybe', {
        then_branch: branch(n('Squeeze', 'x axis', 'result')),
        else_branch: branch(n('Identity', 'x', 'result')),
      }),
      n('Sin', 'maybe', 'y'),
    ],
    { at: whole([axis], 'int64', []), one: whole([1], 'int64', []) },
    ['N', 1, 3],
  );

test('a squeeze that asks whether there is an axis to squeeze', async () => {
  await expectRight(maybeSqueezed(1), batch => x(batch, 1, 3));
  await expectRight(maybeSqueezed(2), batch => x(batch, 1, 3));
});

test('what only the batch decides stays refused', () => {
  expect(() => differentiate(maybeSqueezed(0), { wrt: ['x'] })).toThrow(
    /\(If\): the gradient of this operator is not implemented; choose a branch/,
  );
});

test('a functional dropout of nothing, left in training mode', async () => {
  const model = network(
    13,
    [n('Sin', 'x', 's'), n('Dropout', 's none training', 'd'), n('Mul', 'd s', 'y')],
    { none: tensorOf('float32', [], [0]), training: tensorOf('bool', [], [1]) },
    ['N', 3],
  );
  await expectRight(model, batch => x(batch, 3));
});

test('a way through the branches of an If is seen beside another one', () => {
  const { graph, ...rest } = maybeSqueezed(0);
  const nodes = [...graph.nodes.slice(0, -1), n('Sin', 'x', 's'), n('Add', 'maybe s', 'y')];
  expect(() => differentiate({ ...rest, graph: { ...graph, nodes } }, { wrt: ['x'] })).toThrow(
    /\(If\): the gradient of this operator is not implemented/,
  );
});
