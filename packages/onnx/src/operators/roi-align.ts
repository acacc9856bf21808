import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { rewritten } from '../upgrades/rewritten.js';

/** Interpolated samples on a grid in each region of interest, averaged over cells. */
export const roiAlign: Operator = {
  name: 'RoiAlign',
  inputs: [3, 3],
  upgrade: {
    since: 16,
    rewrite: ({ node }) => [
      rewritten(node, { set: { coordinate_transformation_mode: 'output_half_pixel' } }),
    ],
  },
  infer: application => {
    const [, channels] = dimsOf(application, 0);
    const [regions] = dimsOf(application, 1);
    const { node } = application;
    const cells = [getInt(node, 'output_height', 1), getInt(node, 'output_width', 1)];
    return [{ type: typeOf(application, 0), dims: [regions, channels, ...cells] }];
  },
};
