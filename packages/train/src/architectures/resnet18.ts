import { residual } from './residual.js';

/** ResNet-18 (He et al. 2016) for small images: a 3×3 stem of stride 1 and no pooling behind it. */
export const resnet18 = residual({
  name: 'resnet18',
  title: 'ResNet-18 with a 3×3 stem',
  filters: [64, 128, 256, 512],
  blocks: 2,
});
