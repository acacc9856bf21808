export * from './space.js';
export { cellNetwork } from './cell-network.js';
