export { derive, type DerivedModel, type DeriveSettings } from './derive.js';
export { tryDerivative } from './try-derivative.js';
