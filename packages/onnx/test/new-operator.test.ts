import { unary } from '../src/families/unary.js';
import { node } from '../src/graph.js';
import * as registry from '../src/operators/registry.js';
import { buildModel, normal } from './build-model.js';

/** What docs/how-to/operator.md shows. */
const bump = unary('Bump', x => x * Math.exp(-x * x), {
  derivative: ({ g, x }) => {
    const squared = g.square(x);
    return g.mul(g.sub(1, g.mul(squared, 2)), g.exp(g.neg(squared)));
  },
});

interface Mocks {
  unstable_mockModule(path: string, factory: () => unknown): void;
}

// modules have no global `jest`
const { jest } = import.meta as unknown as { jest: Mocks };
jest.unstable_mockModule('../src/operators/registry.js', () => ({
  ...registry,
  operatorOf: registry.lookup([...registry.operators, bump]),
}));
const { imageInput } = await import('../src/image-input.js');
const { inferShapes } = await import('../src/infer-shapes.js');
const { symmetries } = await import('../src/symmetries.js');
const { differentiate } = await import('../src/gradient/differentiate.js');

const nodes = [
  node('Bump', ['x'], ['b']),
  node('Transpose', ['b'], ['t'], new Map([['perm', { type: 'ints', value: [0n, 3n, 1n, 2n] }]])),
  node('Conv', ['t', 'k'], ['c']),
  node('Bump', ['c'], ['d']),
  node('GlobalAveragePool', ['d'], ['p']),
  node('Flatten', ['p'], ['f']),
  node('Gemm', ['f', 'w'], ['y']),
];
const model = buildModel({
  nodes,
  inputs: { x: ['N', 6, 6, 3] },
  initializers: { k: normal([4, 3, 3, 3]), w: normal([4, 2]) },
});

describe('of an operator that is one line in the registry', () => {
  const image = imageInput(model);

  test('the layout is seen past it', () => {
    expect(image).toMatchObject({ layout: 'NHWC', channels: 3 });
  });

  test('all symmetries are kept', () => {
    const inference = inferShapes(model, { x: [2, 6, 6, 3] });
    expect(inference.get('d')).toMatchObject({ type: 'float32', dims: [2, 4, 4, 4] });
    const found = symmetries(model.graph, inference, image, new Set(['k', 'w']));
    expect(found.map(({ holds }) => holds)).toEqual([true, true, true, true]);
  });

  test('there are gradients', () => {
    const { gradients } = differentiate(model, { wrt: ['x'] });
    expect(gradients).toEqual(['gradient/x']);
  });
});

test('without that line none of this is so', () => {
  expect(registry.operatorOf(nodes[0])).toBeUndefined();
});
