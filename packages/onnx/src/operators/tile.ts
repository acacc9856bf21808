import { elementwise } from '../coupling/kept-along.js';
import type { Node } from '../graph.js';
import { throughFirst } from '../layers/path-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, valueOf, type Application } from '../shapes/application.js';
import { moved } from '../shapes/fold.js';
import { gridOffsets, indices } from '../shapes/offsets.js';
import { integers, numbersOf } from '../tensor.js';
import { constantFor, rewritten } from '../upgrades/rewritten.js';

/** Its input repeated along each axis. */
export const tile: Operator = {
  name: 'Tile',
  inputs: [2, 3],
  coupling: elementwise,
  path: throughFirst,
  gradient: ({ node, inputs: [x], g }, [dy]) => [
    () => {
      const dims = g.dims(x);
      const repeats = repeatsOf(g.application(node), dims.length);
      const apart = dims.flatMap((size, axis) =>
        repeats[axis] === 1 ? [size] : [repeats[axis], size],
      );
      const summed = repeats.flatMap((times, axis) =>
        times === 1 ? [] : [axis + repeats.slice(0, axis).filter(n => n !== 1).length],
      );
      return g.reshapeLike(g.reduceSum(g.reshape(dy!, apart), summed), x);
    },
  ],
  upgrade: { since: 6, rewrite: repeatsOfEveryAxis },
  infer: application => {
    const from = dimsOf(application, 0);
    const repeats = repeatsOf(application, from.length);
    if (repeats.length !== from.length)
      throw new Error(`expected one repeat for each of ${from.length} axes, got ${repeats.length}`);
    const dims = from.map((size, axis) => size * repeats[axis]);
    const lists = () => dims.map((size, axis) => indices(size).map(i => i % from[axis]));
    return [moved(application.inputs[0], dims, () => gridOffsets(from, lists()))];
  },
};

/** Before opset 6 one axis was repeated, and both were scalars. */
function repeatsOf(application: Application, rank: number): number[] {
  const repeats = numbersOf(valueOf(application, 1));
  if (application.opset >= 6) return repeats;
  const [axis] = numbersOf(valueOf(application, 2));
  return indices(rank).map(i => (i === axis ? repeats[0] : 1));
}

function repeatsOfEveryAxis(old: Application): Node[] {
  const { node } = old;
  const repeats = constantFor(node, 'repeats', integers(repeatsOf(old, dimsOf(old, 0).length)));
  return [repeats, rewritten(node, { inputs: [node.inputs[0], ...repeats.outputs] })];
}
