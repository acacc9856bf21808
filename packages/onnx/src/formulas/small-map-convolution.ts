import type { Algebra } from '../algebra/algebra.js';
import { isStatic, type Value } from '../algebra/known-values.js';
import type { Node } from '../graph.js';
import { windowOf, windowPositions } from '../shapes/window.js';
import { convolutionProduct } from './convolution-product.js';
import { denseConvolution } from './dense-convolution.js';

/** Weights that do not stay in a processor's cache: the runtime's convolution reads them again for each image. */
const manyWeights = 1 << 20;

/** Up to so many positions one product for the batch then makes up for gathering what it is of. */
const fewPositions = 16;

/**
 * A convolution over a small map in the arrangement that the runtime is fastest with: a dense matrix where the map is no larger
 * than the kernel, one product for the batch where there are many weights. Undefined where that is the convolution itself.
 */
export const smallMapConvolution = (g: Algebra, one: Node): Value | undefined =>
  denseConvolution(g, one) ?? (isLarge(g, one) ? convolutionProduct(g, one) : undefined);

function isLarge(g: Algebra, one: Node): boolean {
  const [sizes, weights] = one.inputs
    .map(value => g.dims(value))
    .map((dims, i) => (i === 0 ? dims.slice(2) : dims));
  if (!isStatic(sizes) || !isStatic(weights)) return false;
  const positions = windowPositions(windowOf(one, weights.slice(2), sizes), sizes);
  return product(weights) > manyWeights && product(positions) <= fewPositions;
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
