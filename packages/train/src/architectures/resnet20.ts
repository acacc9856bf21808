import { residual } from './residual.js';

/** ResNet-20 (He et al. 2016, section 4.2) with projections as shortcuts: three stages of three blocks. */
export const resnet20 = residual({
  name: 'resnet20',
  title: 'ResNet-20 for CIFAR-10',
  filters: [16, 32, 64],
  blocks: 3,
});
