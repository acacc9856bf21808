import type { Algebra } from '../algebra/algebra.js';
import { isStatic, type Value } from '../algebra/known-values.js';
import type { Node } from '../graph.js';
import { windowOf, windowPositions } from '../shapes/window.js';
import { sizeOf } from '../tensor.js';
import { convolutionProduct } from './convolution-product.js';
import { denseConvolution } from './dense-convolution.js';
import { winogradConvolution } from './winograd-convolution.js';

/** Where an arrangement is faster than the runtime's convolution, as measured (docs/decisions/small-maps.md). */
interface Where {
  readonly moreWeightsThan: number;
  readonly mostPositions: number;
  /** Positions on each axis. */
  readonly fewestAcross: number;
}

/** From 256 × 256 channels on fewer multiplications make up for more memory, and tiles hardly hang over the map. */
const winograd: Where = { moreWeightsThan: 1 << 19, mostPositions: 36, fewestAcross: 4 };

/** Weights that do not stay in a processor's cache: the runtime's convolution reads them again for each image. */
const product: Where = { moreWeightsThan: 1 << 20, mostPositions: 16, fewestAcross: 1 };

/**
 * A convolution over a small map in the arrangement that the runtime is fastest with: a dense matrix where the map is no larger
 * than the kernel; where there are many weights, Winograd's with fewer multiplications, or else one product for the batch.
 * Undefined where that is the convolution itself.
 */
export const smallMapConvolution = (g: Algebra, one: Node): Value | undefined =>
  denseConvolution(g, one) ??
  (isWithin(g, one, winograd) ? winogradConvolution(g, one) : undefined) ??
  (isWithin(g, one, product) ? convolutionProduct(g, one) : undefined);

function isWithin(g: Algebra, one: Node, where: Where): boolean {
  const [x, weights] = one.inputs.map(value => g.dims(value));
  const sizes = x.slice(2);
  if (!isStatic(sizes) || !isStatic(weights)) return false;
  const positions = windowPositions(windowOf(one, weights.slice(2), sizes), sizes);
  return (
    sizeOf(weights) > where.moreWeightsThan &&
    sizeOf(positions) <= where.mostPositions &&
    Math.min(...positions) >= where.fewestAcross
  );
}
