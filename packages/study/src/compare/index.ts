export { compare, type Comparison, type SubspaceComparison } from './compare.js';
