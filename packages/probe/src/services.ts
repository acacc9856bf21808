export { contributions } from './estimator/contributions.js';
export { trials } from './estimator/trials.js';
export { marginSearches } from './margins/margin-searches.js';
export type { MarginSearchesSetup, MarginSearchesTask } from './margins/margin-searches.js';
