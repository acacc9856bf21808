import type { GradientCovariance, Products } from './covariance.js';
import { KeptGradients } from './kept-gradients.js';
import { SummedGradients } from './summed-gradients.js';

/**
 * The covariance of so many gradients of D numbers. Fewer than D are kept as they are, and C has the
 * eigenvalues of their n×n Gram matrix; more are summed into D×D numbers. In float64 either way.
 */
export const gradientCovariance = (
  gradients: number,
  dimension: number,
  products: Products = {},
): GradientCovariance =>
  gradients < dimension
    ? new KeptGradients(dimension, products)
    : new SummedGradients(dimension, products);
