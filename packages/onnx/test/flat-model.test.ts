import { attributes } from '../src/attribute.js';
import { flatModel } from '../src/flat-model.js';
import { type Dimension, type Graph, type Node, node } from '../src/graph.js';
import { knownBranches } from '../src/known-branches.js';
import type { Model } from '../src/model.js';
import { integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal, runFirst } from './build-model.js';

const branch = (operator: string): Graph =>
  buildModel({ nodes: [node(operator, ['x'], ['z'])], inputs: {} }).graph;

/** `Relu` where a value is true, else `Neg`. */
const chosenBy = (condition: string): Node =>
  node(
    'If',
    [condition],
    ['y'],
    attributes({
      then_branch: { type: 'graph', value: branch('Relu') },
      else_branch: { type: 'graph', value: branch('Neg') },
    }),
  );

const truth = (value: boolean): Tensor => ({
  type: 'bool',
  dims: [],
  data: Uint8Array.of(Number(value)),
});

const operatorsOf = ({ graph }: Model): string[] => graph.nodes.map(({ operator }) => operator);

/** Whether the size of an axis of x is smaller than a number. */
const smallerThan = (
  axis: number,
  size: number,
): { nodes: Node[]; initializers: Record<string, Tensor> } => ({
  nodes: [
    node('Shape', ['x'], ['shape']),
    node('Gather', ['shape', 'axis'], ['size']),
    node('Less', ['size', 'limit'], ['condition']),
    chosenBy('condition'),
  ],
  initializers: { axis: integers([axis], []), limit: integers([size], []) },
});

describe('a branch that is known', () => {
  test.each([
    [true, 'Relu'],
    [false, 'Neg'],
  ])('by a constant %s is %s alone', async (value, operator) => {
    const model = buildModel({ nodes: [chosenBy('c')], initializers: { c: truth(value) } });
    const flat = flatModel(model);
    expect(operatorsOf(flat)).toEqual([operator, 'Identity']);
    const feeds = { x: normal([1, 1, 8, 8]) };
    expect(await runFirst(flat, feeds)).toEqual(await runFirst(model, feeds));
  });

  const imagesOf = (size: Dimension): Record<string, readonly Dimension[]> => ({
    x: ['n', 1, size, 8],
  });

  test('by a size is kept, since sizes may be set to others', () => {
    const images = { ...smallerThan(2, 10), inputs: imagesOf(8) };
    expect(operatorsOf(flatModel(buildModel(images)))).toContain('If');
  });

  test('where sizes are those of the file: by one that it gives is taken, by one that it leaves free is kept', () => {
    const known = (axis: number, least: number, height: Dimension): string[] =>
      operatorsOf(
        knownBranches(buildModel({ ...smallerThan(axis, least), inputs: imagesOf(height) })),
      );
    expect(known(2, 10, 8)).toContain('Relu');
    expect(known(2, 10, 16)).toContain('Neg');
    expect(known(2, 10, 'h')).toContain('If');
    expect(known(0, 100, 8)).toContain('If');
  });
});
