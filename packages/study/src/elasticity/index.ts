export {
  elasticity,
  type Elasticity,
  type ElasticityEnvironment,
  type ElasticityPlan,
} from './elasticity.js';
export type { ElasticitySettings } from './elasticity-settings.js';
export { elasticityStateFile } from './elasticity-state-codec.js';
export { elasticityFiles } from './elasticity-files.js';
export {
  elasticitySchema,
  elasticitySummary,
  parseElasticitySummary,
  type ElasticitySummary,
} from './elasticity-summary.js';
