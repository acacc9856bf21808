import { node, type Graph } from '../src/graph.js';
import { requireSize } from '../src/require-size.js';
import { buildModel } from './build-model.js';

const nodesOf = (count: number) =>
  Array<Graph['nodes'][number]>(count).fill(node('Relu', ['x'], ['y']));

test('more than a million nodes are refused, those of graphs inside nodes included', () => {
  const within = { type: 'graph' as const, value: buildModel({ nodes: nodesOf(600_000) }).graph };
  const branching = node('If', ['x'], ['y'], new Map([['then_branch', within]]));
  expect(() => requireSize(buildModel({ nodes: nodesOf(600_000) }))).not.toThrow();
  expect(() => requireSize(buildModel({ nodes: [...nodesOf(600_000), branching] }))).toThrow(
    'it has nodes: 1,200,001; at most 1,000,000 are read, so export a smaller model',
  );
});

test('nodes of graphs that attributes of functions have as defaults count', () => {
  const body = { type: 'graph' as const, value: buildModel({ nodes: nodesOf(600_000) }).graph };
  const own = {
    name: 'F',
    domain: 'own',
    overload: '',
    inputs: [],
    outputs: [],
    nodes: [],
    opsets: new Map(),
    defaults: new Map([['body', body]]),
  };
  const model = buildModel({ nodes: nodesOf(600_000), model: { functions: [own] } });
  expect(() => requireSize(model)).toThrow('it has nodes: 1,200,000');
});

test('graphs in each other 65 deep are refused', () => {
  let { graph } = buildModel({ nodes: nodesOf(1) });
  for (let depth = 1; depth < 65; depth++) {
    const inner = new Map([['body', { type: 'graph' as const, value: graph }]]);
    graph = buildModel({ nodes: [node('Loop', ['x'], ['y'], inner)] }).graph;
  }
  expect(() => requireSize({ ...buildModel({ nodes: nodesOf(1) }), graph })).toThrow(
    'its graphs lie in each other to a depth of 65; at most 64 are read',
  );
});
