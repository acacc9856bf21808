import { ConstantPaths } from './constant-paths.js';
import type { Draw } from './init/scheme.js';
import { isFloating } from './data-type.js';
import { consumers, type Graph, type Node } from './graph.js';
import { operatorOf } from './operators/registry.js';
import type { Inference } from './shapes/known.js';
import type { Kept } from './weight.js';

/**
 * Checks that nothing of a file's weights was overlooked: every constant operand of a layer, and every other one that varies along two
 * axes or more, is computed from what is drawn, or is among those that are reported as kept.
 * @param graph whose drawn weights are in place
 * @throws naming the node and its operand
 */
export function requireAllFresh(
  graph: Graph,
  inference: Inference,
  { draws, kept }: { readonly draws: readonly Draw[]; readonly kept: readonly Kept[] },
): void {
  const paths = new ConstantPaths(graph, inference);
  const fresh = freshValues(graph, draws);
  const reported = new Set(kept.map(({ node, input }) => `${node}:${input}`));
  for (const node of graph.nodes) {
    if (node.outputs.some(paths.isFixed)) continue;
    node.inputs.forEach((name, input) => {
      if (!paths.isFixed(name) || fresh.has(name)) return;
      if (!isWeighty(node, name, inference) || paths.constantsBehind(name).size === 0) return;
      const which = node.name || node.outputs[0];
      if (!reported.has(`${which}:${input}`))
        throw new Error(
          `operand '${name}' of node '${which}' (${node.operator}) is neither drawn anew nor known to be kept`,
        );
    });
  }
}

/** Values that depend on what is drawn. */
function freshValues(graph: Graph, draws: readonly Draw[]): ReadonlySet<string> {
  const readers = consumers(graph);
  const [found, left] = [new Set<string>(), draws.map(({ name }) => name)];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const { outputs } of readers.get(name) ?? [])
      for (const output of outputs) left.push(output);
  }
  return found;
}

/** Whether an operand may hold what was learnt: a matrix, or anything larger than one number that a layer mixes features by. */
function isWeighty(node: Node, name: string, inference: Inference): boolean {
  const { type, dims = [] } = inference.get(name) ?? {};
  if (!isFloating(type)) return false;
  const axes = dims.filter(size => size > 1).length;
  return operatorOf(node)?.layer ? axes >= 1 : axes >= 2;
}
