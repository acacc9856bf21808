import { productBlock } from '../layers/product-block.js';
import type { Architecture } from './architecture.js';
import { residual } from './residual.js';

const variant = (name: string, title: string, activation: boolean): Architecture =>
  residual({
    name,
    title,
    filters: [64, 128, 256, 512],
    blocks: 2,
    activation,
    block: (x, block) => productBlock(x, block, { activation }),
  });

/** ResNet-18 whose blocks add the product of their two ways (Chrysos et al. 2020, section 4.2), without activations. */
export const piResnet18 = variant(
  'pi-resnet18',
  'Π-ResNet-18: product blocks, no activation, 3×3 stem',
  false,
);

/** The same with ReLUs. */
export const piResnet18Relu = variant(
  'pi-resnet18-relu',
  'Π-ResNet-18 with ReLU: product blocks, 3×3 stem',
  true,
);
