export { derive, type DerivedModel, type DeriveSettings } from './derive.js';
