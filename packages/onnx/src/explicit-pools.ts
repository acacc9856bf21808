import { startAt } from './algebra/free-sizes.js';
import { getInt, getInts, getString } from './attribute.js';
import type { Node } from './graph.js';
import { inferWhereItFits } from './infer-shapes.js';
import { withGraph, type Model } from './model.js';
import { averagePool } from './operators/average-pool.js';
import { lpPool } from './operators/lp-pool.js';
import { maxPool } from './operators/max-pool.js';
import { operatorOf } from './operators/registry.js';
import type { Known } from './shapes/known.js';
import { extent, windowOf, windowPositions, type Window } from './shapes/window.js';
import { rewritten } from './upgrades/rewritten.js';

/** A size that is the same for these batches does not depend on the batch. */
const batches = [1, 2];

const pools: readonly unknown[] = [maxPool, averagePool, lpPool];

/**
 * The model with the windows of every pool that rounds up (`ceil_mode`) stated by padding at the end, where sizes are
 * known: of a last window that would begin behind the input and its padding at the front, runtimes drop it, but the
 * shape rule of opsets 13 to 21 counts it.
 */
export function explicitPools(model: Model): Model {
  const { graph } = model;
  if (!graph.nodes.some(roundsUp)) return model;
  const known = batches.map(batch => startAt(graph, batch));
  const nodes = graph.nodes.map(node => {
    const own = explicit(node, known);
    for (const values of known) inferWhereItFits(model, own, values);
    return own;
  });
  return withGraph(model, { nodes });
}

/** Whether it is a pool that rounds its number of windows up; auto_pad SAME has that number by itself. */
const roundsUp = (node: Node): boolean =>
  pools.includes(operatorOf(node)) &&
  getInt(node, 'ceil_mode', 0) === 1 &&
  !getString(node, 'auto_pad', 'NOTSET').startsWith('SAME_');

function explicit(node: Node, known: readonly ReadonlyMap<string, Known>[]): Node {
  const sizes = roundsUp(node) ? agreedSpace(node, known) : undefined;
  if (!sizes) return node;
  const window = windowOf(node, getInts(node, 'kernel_shape', []), sizes);
  return withEnd(node, window, reachedEnd(window, sizes));
}

/** Sizes of the space that windows slide over, where the batch does not change them. */
function agreedSpace(
  { inputs }: Node,
  known: readonly ReadonlyMap<string, Known>[],
): readonly number[] | undefined {
  const [space, other] = known.map(values => values.get(inputs[0])?.dims?.slice(2));
  return space && String(space) === String(other) ? space : undefined;
}

/** Elements behind each axis that the last window covers. */
function reachedEnd(window: Window, sizes: readonly number[]): number[] {
  const { kernel, strides, dilations, begin } = window;
  return windowPositions(window, sizes).map((positions, i) =>
    Math.max(
      0,
      (positions - 1) * strides[i] + extent(kernel[i], dilations[i]) - sizes[i] - begin[i],
    ),
  );
}

/** Padding at the end in place of rounding up; where that cannot be, as much of it as leaves no window there. */
function withEnd(node: Node, window: Window, reached: readonly number[]): Node {
  const { begin, end } = window;
  const rounds = !canBePadding(node, window, reached);
  const kept = rounds ? reached.map((size, i) => Math.min(size, end[i])) : reached;
  return rewritten(node, {
    without: ['auto_pad'],
    set: { pads: [...begin, ...kept], ceil_mode: rounds ? 1 : 0 },
  });
}

/** Padding is smaller than the kernel, and no more of it may be counted in means than before. */
function canBePadding(node: Node, { kernel, end }: Window, reached: readonly number[]): boolean {
  const counts = getInt(node, 'count_include_pad', 0) === 1;
  return reached.every((size, i) => size < kernel[i] && !(counts && size > end[i]));
}
