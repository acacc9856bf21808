export { comparisonJson } from './comparison-json.js';
export { probeOf } from './probe-of.js';
export { compare, type Comparison, type SubspaceComparison } from './compare.js';
