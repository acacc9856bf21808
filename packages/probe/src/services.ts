export { contributions } from './estimator/contributions.js';
