import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { globalAverage } from '../layers/pooling.js';
import { residualStages } from '../layers/residual-stages.js';
import type { Architecture } from './architecture.js';

/** The smallest of the family of ResNet-20 (He et al. 2016, section 4.2, n = 1): three stages of one block. */
export const resnet8: Architecture = {
  name: 'resnet8',
  title: 'ResNet-8: ResNet-20 with one block a stage',
  init: 'pytorch',
  build: (sizes, pooling) =>
    network('resnet8', sizes, x => {
      const value = residualStages(x, { filters: [16, 32, 64], blocks: 1, strided: pooling });
      const features = pooling ? globalAverage(value, 'avgpool') : flatten(value);
      return linear(features, 'fc', sizes.classes);
    }),
};
