export { subspaceMargins, type MarginOptions } from './subspace-margins.js';
export type { Margin } from './margin-search.js';
export { coefficientsOf, perturbation } from './project.js';
