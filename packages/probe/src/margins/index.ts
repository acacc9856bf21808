export { subspaceMargins, type Margin, type MarginOptions } from './subspace-margins.js';
export { coefficientsOf } from './project.js';
