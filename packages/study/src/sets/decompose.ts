import { directionRows, type Basis } from '@nads/basis';
import { Decomposition, type DecompositionResult } from '@nads/dataset';
import { matrixProduct } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { classNamesOf, requireBasis, type PixelSet } from './pixel-set.js';

/** How the images of a set lie along directions. */
export interface Decomposed extends DecompositionResult {
  /** What the classes are called; none without labels. */
  readonly classNames: readonly string[];
  /** What the images are called. */
  readonly data: string;
  /** Of the basis. */
  readonly basis: string;
}

/**
 * How much of a set lies along each direction, and how well each separates the classes. Directions of one channel are taken
 * in each channel.
 */
export async function decompose(
  set: PixelSet,
  basis: Basis,
  { runtime, ...watched }: Environment,
): Promise<Decomposed> {
  requireBasis(set, basis);
  const decomposition = new Decomposition(directionRows(basis), await matrixProduct(runtime));
  for await (const { images, count, labels } of set.parts(watched))
    await decomposition.add(images, count, labels);
  return {
    ...decomposition.result(),
    classNames: set.images.labels ? classNamesOf(set) : [],
    data: set.name,
    basis: basis.name,
  };
}
