import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { globalAverage } from '../layers/pooling.js';
import { residualStages } from '../layers/residual-stages.js';
import type { Architecture } from './architecture.js';

/** ResNet-20 (He et al. 2016, section 4.2) with projections as shortcuts: three stages of three blocks. */
export const resnet20: Architecture = {
  name: 'resnet20',
  title: 'ResNet-20 for CIFAR-10',
  init: 'pytorch',
  build: (sizes, pooling) =>
    network('resnet20', sizes, x => {
      const value = residualStages(x, { filters: [16, 32, 64], blocks: 3, strided: pooling });
      const features = pooling ? globalAverage(value, 'avgpool') : flatten(value);
      return linear(features, 'fc', sizes.classes);
    }),
};
