import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { globalAverage } from '../layers/pooling.js';
import { residualStages } from '../layers/residual-stages.js';
import type { Architecture } from './architecture.js';

/** ResNet-18 (He et al. 2016) for small images: a 3×3 stem of stride 1 and no pooling behind it. */
export const resnet18: Architecture = {
  name: 'resnet18',
  title: 'ResNet-18 with a 3×3 stem',
  init: 'pytorch',
  build: (sizes, pooling) =>
    network('resnet18', sizes, x => {
      const value = residualStages(x, {
        filters: [64, 128, 256, 512],
        blocks: 2,
        strided: pooling,
      });
      const features = pooling ? globalAverage(value, 'avgpool') : flatten(value);
      return linear(features, 'fc', sizes.classes);
    }),
};
