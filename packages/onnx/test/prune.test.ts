import { attributes } from '../src/attribute.js';
import { node } from '../src/graph.js';
import { withGraph } from '../src/model.js';
import { prune } from '../src/prune.js';
import { floats } from '../src/tensor.js';
import { buildModel, normal, run } from './build-model.js';

const one = floats([1], [1]);

test('what no output depends on goes, what one does stays', async () => {
  const nodes = [
    node('Split', ['x'], ['used', 'unused'], attributes({ axis: 2 })),
    node('Add', ['unused', 'dead'], ['a']),
    node('Neg', ['a'], ['b']),
    node('Add', ['used', 'live'], ['y']),
  ];
  const model = buildModel({
    nodes,
    inputs: { x: [1, 1, 8, 8], dead: [1], live: [1], spare: [1] },
    initializers: { dead: one, live: one },
    graph: { valueInfo: [{ name: 'a' }, { name: 'used' }] },
  });
  const { graph } = prune(model);
  expect(graph.nodes.map(({ operator }) => operator)).toEqual(['Split', 'Add']);
  expect([...graph.initializers.keys()]).toEqual(['live']);
  expect(graph.inputs.map(({ name }) => name)).toEqual(['x', 'live', 'spare']);
  expect(graph.valueInfo.map(({ name }) => name)).toEqual(['used']);
});

test('what branches read stays', async () => {
  const branch = (name: string, value: string) => ({
    type: 'graph' as const,
    value: buildModel({ nodes: [node('Identity', [value], [name])], inputs: {} }).graph,
  });
  const nodes = [
    node('Neg', ['x'], ['n']),
    node('Abs', ['x'], ['m']),
    node(
      'If',
      ['c'],
      ['y'],
      attributes({ then_branch: branch('t', 'n'), else_branch: branch('e', 'x') }),
    ),
  ];
  const condition = { type: 'bool' as const, dims: [], data: Uint8Array.of(1) };
  const model = buildModel({ nodes, initializers: { c: condition } });
  const pruned = prune(model);
  expect(pruned.graph.nodes.map(({ operator }) => operator)).toEqual(['Neg', 'If']);
  const x = normal([1, 1, 8, 8]);
  expect((await run(pruned, { x })).y.data).toEqual((await run(model, { x })).y.data);
});

test('a chain stays from its end to its first constant, and pruning twice is pruning once', () => {
  const nodes = [
    node('Add', ['x', 'live'], ['a']),
    node('Neg', ['a'], ['b']),
    node('Abs', ['b'], ['y']),
  ];
  const model = buildModel({ nodes, initializers: { live: one } });
  expect(prune(model)).toEqual(model);
  const cut = prune(withGraph(model, { outputs: [{ name: 'a' }] }));
  expect(cut.graph.nodes).toEqual([nodes[0]]);
  expect(prune(cut)).toEqual(cut);
});
