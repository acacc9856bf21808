import { residual } from './residual.js';

/** The smallest of the family of ResNet-20 (He et al. 2016, section 4.2, n = 1): three stages of one block. */
export const resnet8 = residual({
  name: 'resnet8',
  title: 'ResNet-8: ResNet-20 with one block a stage',
  filters: [16, 32, 64],
  blocks: 1,
});
