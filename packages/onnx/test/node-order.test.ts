import { node, type Graph } from '../src/graph.js';
import { requireOrder } from '../src/node-order.js';
import { buildModel } from './build-model.js';

const graphOf = (...nodes: Graph['nodes']): Graph => buildModel({ nodes }).graph;

test('values of a graph inside a node must not feed themselves', () => {
  const branch = graphOf(node('Neg', ['b'], ['a']), node('Neg', ['a'], ['b']));
  const nested = new Map([['then_branch', { type: 'graph' as const, value: branch }]]);
  expect(() => requireOrder(graphOf(node('If', ['x'], ['y'], nested)))).toThrow(
    "node 'a' (Neg) reads 'b' before it is computed",
  );
});

test('a graph inside a node reads what is computed outside before', () => {
  const branch = graphOf(node('Neg', ['t'], ['a']));
  const nested = new Map([['then_branch', { type: 'graph' as const, value: branch }]]);
  const inner = node('If', ['t'], ['y'], nested);
  const first = node('Neg', ['x'], ['t']);
  expect(() => requireOrder(graphOf(first, inner))).not.toThrow();
  expect(() => requireOrder(graphOf(inner, first))).toThrow("reads 't' before it is computed");
});
