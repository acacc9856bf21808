export {
  measures,
  type DynamicMeasure,
  type Measures,
  type MeasuresSettings,
  type StaticMeasure,
} from './measures.js';
export { measuresSummary, measuresText, type MeasuresSummary } from './measures-summary.js';
export { measuresFiles } from './measures-files.js';
