export { elasticImages, type ElasticImages } from './elastic-images.js';
export { elasticLosses, elasticLossNames, type ElasticLossName } from './elastic-loss.js';
export { kernelSimilarity, similarityTerms } from './kernel-similarity.js';
export { relativeSimilarity, relativeSimilarityOfSteps } from './relative-similarity.js';
