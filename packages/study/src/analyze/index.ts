export {
  analyze,
  type Analysis,
  type AnalysisPlan,
  type AnalyzeEnvironment,
  type AnalyzeSettings,
  type ComparisonEstimate,
} from './analyze.js';
export type { NamedRows } from './compared-nads.js';
export { analysisFiles } from './analysis-files.js';
export { analysisLines } from './analysis-lines.js';
export { analysisTables } from './analysis-tables.js';
export {
  analysisSchema,
  analysisSummary,
  parseAnalysisSummary,
  type AnalysisSummary,
} from './analysis-summary.js';
export { isNearChance } from './is-near-chance.js';
