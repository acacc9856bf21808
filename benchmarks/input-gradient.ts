import { compareGradients } from './gradient/compare.mjs';

/** How many times faster than PyTorch's autograd. */
const faster = { lenet: 4, vgg11: 1.5, resnet18: 1.4, densenet121: 2.5 };

/** Gradients with respect to the images, weights as they are. */
export const run = options => compareGradients('input', faster, options);
