import { getString } from '../attribute.js';
import { node as nodeOf, type Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import { floats } from '../tensor.js';
import { between, constantFor, rewritten } from './rewritten.js';

/** Resize as Upsample and Resize before opset 11 had it: places are scaled from the first corner. */
export function resampled(node: Node, scales: string, rounding = 'floor'): Node {
  const nearest = getString(node, 'mode', 'nearest') === 'nearest';
  return rewritten(node, {
    operator: 'Resize',
    inputs: [node.inputs[0], '', scales],
    without: ['scales', 'height_scale', 'width_scale'],
    set: {
      mode: nearest ? 'nearest' : 'linear',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: nearest ? rounding : undefined,
    },
  });
}

/** Resize before opset 11, where the nearest element was the one before where an axis grows, behind where it shrinks. */
export function resampledEitherWay({ node, inputs }: Application): Node[] {
  const scales = inputs[1]?.value?.data as Float32Array | undefined;
  if (getString(node, 'mode', 'nearest') !== 'nearest' || scales?.every(scale => scale >= 1))
    return [resampled(node, node.inputs[1])];
  if (scales?.every(scale => scale <= 1)) return [resampled(node, node.inputs[1], 'ceil')];
  return growThenShrink(node);
}

/** An axis only takes part in one of the two steps. */
function growThenShrink(node: Node): Node[] {
  const one = constantFor(node, 'one', floats([], [1]));
  const [growth, grown, shrinkage] = ['growth', 'grown', 'shrinkage'].map(what =>
    between(node, what),
  );
  return [
    one,
    nodeOf('Max', [node.inputs[1], ...one.outputs], [growth]),
    { ...resampled(node, growth), name: grown, outputs: [grown] },
    nodeOf('Min', [node.inputs[1], ...one.outputs], [shrinkage]),
    resampled({ ...node, inputs: [grown] }, shrinkage, 'ceil'),
  ];
}
