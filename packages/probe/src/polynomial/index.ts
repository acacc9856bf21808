export type { VectorFunction } from './vector-function.js';
export { polynomialDegree, type DegreeOptions, type OutputDegree } from './polynomial-degree.js';
export {
  polynomialCoefficients,
  symmetricTensor,
  termCount,
  type Polynomial,
} from './polynomial-coefficients.js';
