// the layers that architectures are made of, for networks of one's own
export { batchNorm } from './batch-norm.js';
export { channelScale } from './channel-scale.js';
export { convolution, type ConvolutionOptions } from './convolution.js';
export { dropout } from './dropout.js';
export { flatten } from './flatten.js';
export { add, concatenate, multiply } from './join.js';
export { linear } from './linear.js';
export { network } from './network.js';
export { polynomial, type PolynomialOptions } from './polynomial.js';
export { averagePool, globalAverage, maxPool } from './pooling.js';
export { productBlock, type ProductBlockOptions } from './product-block.js';
export { relu } from './relu.js';
export { residualStages, type Stages } from './residual-stages.js';
export { shortcut, type Block } from './shortcut.js';
export { zeros } from './zeros.js';
