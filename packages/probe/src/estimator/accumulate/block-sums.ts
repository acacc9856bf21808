import { matrix, type Matrix } from '@nads/linalg';
import type { SymmetryBlock } from './symmetry-blocks.js';

/**
 * What networks add to the covariance: a symmetric matrix for each symmetry type, of which only the
 * lower triangle counts.
 */
export type BlockSums = readonly Matrix[];

/** Sums of zero for these symmetry types. */
export const emptySums = (blocks: readonly SymmetryBlock[]): BlockSums =>
  blocks.map(({ size }) => matrix(size, size));
