import { reads, subgraphs, type Graph } from './graph.js';
import { nodeLabel } from './node-label.js';

/**
 * Asserts that every value is computed once, and before it is read, in graphs inside nodes as well: what follows values from
 * node to node then comes to an end.
 * @throws where a node is out of order, naming it.
 */
export function requireOrder(graph: Graph): void {
  const later = new Set(graph.nodes.flatMap(node => node.outputs));
  const given = new Set([...graph.inputs.map(({ name }) => name), ...graph.initializers.keys()]);
  for (const node of graph.nodes) {
    const early = reads(node).find(name => later.has(name) && !given.has(name));
    if (early !== undefined)
      throw new Error(`${nodeLabel(node)} reads '${early}' before it is computed`);
    for (const inner of subgraphs(node)) requireOrder(inner);
    for (const name of node.outputs) {
      if (name !== '' && given.has(name))
        throw new Error(`${nodeLabel(node)} computes '${name}' again`);
      given.add(name);
    }
  }
}
