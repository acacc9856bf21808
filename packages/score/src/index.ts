// network: a model up to its logits for one batch, batch normalisation by the statistics that are wanted
export { scoredNetwork, type ScoredNetwork, type ScoreOptions } from './network/scored-network.js';

// codes: which units are on for which image
export { codeModel, type CodeLayer, type CodeModel } from './codes/code-model.js';
export { codeKernel, type CodeKernel } from './codes/code-kernel.js';
export { logDeterminant, type LogDeterminant } from './codes/log-determinant.js';
