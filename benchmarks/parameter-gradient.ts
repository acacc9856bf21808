import { compareGradients } from './gradient/compare.mjs';

/** How many times faster than PyTorch's autograd. */
const faster = { lenet: 1, vgg11: 1, resnet18: 1, densenet121: 1 };

/** Gradients with respect to all weights, summed over the batch. */
export const run = options => compareGradients('parameters', faster, options);
