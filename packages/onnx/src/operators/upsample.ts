import { channelwise } from '../coupling/kept-along.js';
import { getFloat, getFloats } from '../attribute.js';
import type { Node } from '../graph.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, valueOf, type Application } from '../shapes/application.js';
import { scaledDims } from '../shapes/scaled-dims.js';
import { fromFirstCorner, resampledOn } from '../symmetry/resampled-on.js';
import { floats, numbersOf } from '../tensor.js';
import { resampled } from '../upgrades/resampled.js';
import { constantFor } from '../upgrades/rewritten.js';

/** Its input resampled on a finer grid (now Resize). */
export const upsample: Operator = {
  name: 'Upsample',
  inputs: [1, 2],
  coupling: channelwise,
  symmetry: resampledOn(fromFirstCorner),
  upgrade: { since: 10, rewrite: asResize },
  infer: application => {
    const dims = scaledDims(dimsOf(application, 0), scalesOf(application));
    return [{ type: typeOf(application, 0), dims }];
  },
};

/** An input from opset 9 on, before that an attribute, at first one for height and one for width. */
function scalesOf(application: Application): readonly number[] {
  const { node, opset } = application;
  if (opset >= 9) return numbersOf(valueOf(application, 1));
  const height = getFloat(node, 'height_scale', 1);
  const width = getFloat(node, 'width_scale', 1);
  return getFloats(node, 'scales', undefined) ?? [1, 1, height, width];
}

function asResize(old: Application): Node[] {
  const { node, opset } = old;
  if (opset >= 9) return [resampled(node, node.inputs[1])];
  const values = scalesOf(old);
  const scales = constantFor(node, 'scales', floats([values.length], values));
  return [scales, resampled(node, scales.outputs[0])];
}
