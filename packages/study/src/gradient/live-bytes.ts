import { reads, sizeOf, type Graph, type Inference } from '@nads/onnx';

/**
 * The most bytes that the values of a graph take at a time, where each is kept from the node that computes it to the last one
 * that reads it. Inputs and weights do not count. Elements count as four bytes, values of unknown dims as none.
 */
export function liveBytes(graph: Graph, inference: Inference): number {
  const over = lastReads(graph);
  const bytes = (names: readonly string[]): number =>
    names.reduce((sum, name) => sum + 4 * sizeOf(inference.get(name)?.dims ?? [0]), 0);
  let [live, most] = [0, 0];
  graph.nodes.forEach(({ outputs }, i) => {
    live += bytes(outputs);
    most = Math.max(most, live);
    live -= bytes(over[i]);
  });
  return most;
}

/** The values that no node after each node reads. */
function lastReads({ nodes, outputs }: Graph): string[][] {
  const over: string[][] = nodes.map(() => []);
  const seen = new Set(outputs.map(({ name }) => name));
  const computed = new Set(nodes.flatMap(node => node.outputs));
  for (let i = nodes.length - 1; i >= 0; i--)
    for (const name of [...reads(nodes[i]), ...nodes[i].outputs]) {
      if (computed.has(name) && !seen.has(name)) over[i].push(name);
      seen.add(name);
    }
  return over;
}
