export { contributions } from './contributions.js';
