import { subgraphs, type Node } from './graph.js';
import { requireWithin } from './limits.js';
import { bodies, type Model } from './model.js';

/** Asserts that a model has no more nodes than there may be, and no graphs too deep in each other. @throws where it has */
export function requireSize(model: Model): void {
  const count = bodies(model).reduce((sum, nodes) => sum + countNodes(nodes, 1), 0);
  requireWithin('nodes', count, 'it has nodes:');
}

function countNodes(nodes: readonly Node[], depth: number): number {
  requireWithin('nesting', depth, 'its graphs lie in each other to a depth of');
  let count = nodes.length;
  for (const node of nodes)
    for (const graph of subgraphs(node)) count += countNodes(graph.nodes, depth + 1);
  return count;
}
