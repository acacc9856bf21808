export { fold, type Folded, type FoldedWeight, type FoldSettings } from './fold.js';
export { foldText } from './fold-text.js';
