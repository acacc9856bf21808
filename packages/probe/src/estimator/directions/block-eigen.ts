import {
  leadingEigen,
  Random,
  symmetricEigen,
  type Matrix,
  type MatrixProduct,
} from '@nads/linalg';
import type { SymmetryBlock } from '../accumulate/symmetry-blocks.js';

/** One eigenvector of a covariance that is block diagonal in symmetry types. */
export interface Eigenpair {
  readonly value: number;
  /** The symmetry type, and which of its parts the vector lies in. */
  readonly block: number;
  readonly part: number;
  /** The vector is row `row` of the block's eigenvectors. */
  readonly row: number;
}

/** Eigenvectors of all blocks, and their order across blocks. */
export interface BlockEigen {
  /** Largest eigenvalue first; the two vectors of a pair side by side. */
  readonly pairs: readonly Eigenpair[];
  /** Rows are eigenvectors in the coordinates of their symmetry type. */
  readonly vectors: readonly Matrix[];
}

/** Blocks up to this size are decomposed completely even where few eigenvectors are wanted. */
const small = 300;
/** So are those of which more than one in this many eigenvectors is wanted. */
const manyOf = 6;

/**
 * The k leading eigenvectors of a block-diagonal covariance.
 * @param multiply a faster product of two matrices than plain JavaScript's, if available.
 */
export async function blockEigen(
  covariance: readonly Matrix[],
  blocks: readonly SymmetryBlock[],
  k: number,
  multiply?: MatrixProduct,
): Promise<BlockEigen> {
  const all = await Promise.all(covariance.map(c => leading(c, k, multiply)));
  const pairs = all.flatMap(({ values }, block) =>
    Array.from(values).flatMap((value, index) =>
      blocks[block].parts.map((_, part) => ({ value, block, part, row: index })),
    ),
  );
  pairs.sort((a, b) => b.value - a.value || a.block - b.block || a.row - b.row || a.part - b.part);
  return { pairs: pairs.slice(0, k), vectors: all.map(({ vectors }) => vectors) };
}

async function leading(c: Matrix, k: number, multiply?: MatrixProduct) {
  if (c.rows <= small || manyOf * k > c.rows)
    return symmetricEigen(c, { count: Math.min(k, c.rows) });
  return leadingEigen(c, k, { random: new Random('leading eigenvectors'), multiply });
}
