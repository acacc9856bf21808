import type { LocalGraph } from './local-graph.js';
import { behind, hull, type Range } from './span.js';
import { spaceOf } from './stage.js';

/** What may change of every map along an axis where the images change in a range: by the name of the map. */
export function changes(
  graph: LocalGraph,
  axis: number,
  inImages: Range,
): ReadonlyMap<string, Range> {
  const found = new Map([[graph.source, inImages]]);
  for (const { node, reach, maps } of graph.nodes) {
    const before = hull(maps.map(name => found.get(name)!));
    for (const name of node.outputs.filter(output => output !== '')) {
      const after =
        reach === 'same place'
          ? before
          : behind(reach.window, axis, before, spaceOf(graph, name)[axis]);
      found.set(name, after);
    }
  }
  return found;
}
