import type { Node } from '../graph.js';
import type { Resizing } from '../coupling/resize-rule.js';
import type { Coupling } from '../coupling/coupling-rule.js';
import { throughFirst } from '../layers/path-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, valueOf } from '../shapes/application.js';
import { broadcast } from '../shapes/broadcast.js';
import { moved } from '../shapes/fold.js';
import { broadcastOffsets } from '../shapes/offsets.js';
import { numbersOf } from '../tensor.js';

/** Its input broadcast with a shape. */
export const expand: Operator = {
  name: 'Expand',
  inputs: [2, 2],
  coupling: coupled,
  resized: withShape,
  path: throughFirst,
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.unbroadcast(dy!, x)],
  infer: application => {
    const from = dimsOf(application, 0);
    const dims = broadcast([from, numbersOf(valueOf(application, 1))]);
    return [moved(application.inputs[0], dims, () => broadcastOffsets(from, dims))];
  },
};

/** The shape of what is left, where it is a constant; sizes of 1 stand for the input's. */
function withShape({ before: { node, inputs }, dims, kept, constant }: Resizing): Node {
  const [output] = node.outputs;
  const wanted = numbersOf(inputs[1]!.value!);
  const shift = dims(output).length - wanted.length;
  const sizes = wanted.map((size, i) => (size === 1 ? 1 : kept(output, i + shift).length));
  return { ...node, inputs: [node.inputs[0], constant(sizes)] };
}

/** Axes that are not stretched stay. */
function coupled({ node, dims, tie }: Coupling): void {
  const [[input], [output]] = [node.inputs, node.outputs];
  const shift = dims(output).length - dims(input).length;
  dims(input).forEach((size, axis) => {
    if (size === dims(output)[axis + shift]) tie([input, axis], [output, axis + shift]);
  });
}
