export {
  mixedModel,
  type MixedModel,
  type MixedOptions,
  type ProductModel,
} from './mixed-model.js';
export { MixedDerivative, type MixedSessions } from './mixed-derivative.js';
export { mixedDirections, type MixedDirections, type MixedSettings } from './mixed-directions.js';
