// network: a model up to its logits for one batch, batch normalisation by the statistics that are wanted
export { scoredNetwork, type ScoredNetwork, type ScoreOptions } from './network/scored-network.js';

export { dependsOnOrder } from './network/depends-on-order.js';
export { networkCost, type NetworkCost } from './network/network-cost.js';

// codes: which units are on for which image
export { codeModel, type CodeLayer, type CodeModel } from './codes/code-model.js';
export { codeKernel, type CodeKernel } from './codes/code-kernel.js';
export { logDeterminant, type LogDeterminant } from './codes/log-determinant.js';

// gradients: scores from derivatives of the loss, of the outputs by images, and of positive networks
export { weightModel, type WeightModel } from './gradients/weight-model.js';
export { weightScores, type WeightScores } from './gradients/weight-scores.js';
export { inputModel, jacobianCovariance, type InputModel } from './gradients/input-correlation.js';
export { flowModel, type FlowModel } from './gradients/flow-model.js';
export { logSynapticFlow } from './gradients/synaptic-flow.js';

// all scores of one network
export { needLabels, scoreNames, type ScoreName } from './score-name.js';
export {
  scoreNetwork,
  type NetworkScoreOptions,
  type NetworkScores,
  type ScoredBatch,
} from './score-network.js';
