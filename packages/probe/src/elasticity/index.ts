export { elasticImages, type ElasticImages } from './elastic-images.js';
export { elasticLosses, elasticLossNames, type ElasticLossName } from './elastic-loss.js';
export { kernelSimilarity, similarityTerms } from './kernel-similarity.js';
export { relativeSimilarity, relativeSimilarityOfSteps } from './relative-similarity.js';
export { SteppedNetwork } from './stepped-network.js';
export { stepSimilarities, type Steps, type StepSimilarities } from './step-similarities.js';
