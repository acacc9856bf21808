export { comparisonJson } from './comparison-json.js';
export { probeOf } from './probe-of.js';
export { compare, type Comparison, type SubspaceComparison } from './compare.js';
export {
  compareDirection,
  type ComparedDirection,
  type ComparedResult,
  type DirectionSettings,
  type ModelResponse,
} from './compare-direction.js';
export { comparedDirectionPictures, comparedDirectionText } from './compared-direction-pictures.js';
