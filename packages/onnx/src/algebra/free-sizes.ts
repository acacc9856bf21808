import type { Graph } from '../graph.js';
import { inferenceStart } from '../shapes/inference-start.js';
import type { Known } from '../shapes/known.js';

/** What is known of a graph's inputs and constants where every free size is this one. */
export const startAt = (graph: Graph, size: number): Map<string, Known> =>
  inferenceStart(graph, fixed(graph.inputs, size));

/** Where to read the free size from. */
export function freeAxis(inputs: Graph['inputs']) {
  for (const { name, dims } of inputs) {
    const axis = dims?.findIndex(isFree) ?? -1;
    if (axis >= 0) return { input: name, axis };
  }
  return undefined;
}

const isFree = (size: unknown): boolean => typeof size !== 'number' || size < 0;

/** Dims of all inputs with free sizes fixed; of inputs without any dims nothing is said. */
function fixed(inputs: Graph['inputs'], size: number): Record<string, number[]> {
  return Object.fromEntries(
    inputs.flatMap(({ name, dims }) =>
      dims ? [[name, dims.map(given => (isFree(given) ? size : (given as number)))]] : [],
    ),
  );
}
