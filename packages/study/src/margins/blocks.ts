import { directionRows, indices, type Basis } from '@nads/basis';
import { OptionError, type Matrix } from '@nads/linalg';
import { requireWhole } from '../require-whole.js';

/** A block of directions of a basis. */
export interface Block {
  readonly index: number;
  /** Directions first to last. */
  readonly first: number;
  readonly last: number;
  readonly rows: () => Matrix;
}

/** How a basis is cut into blocks. */
export interface BlockOptions {
  /** Directions in a block; the last may have fewer. */
  readonly block: number;
  /** Which blocks, as in '0,5' or '0-63:4'; all if not given. */
  readonly blocks?: string;
}

/** @throws OptionError where blocks are larger than the basis, or one is not there. */
export function blocksOf(basis: Basis, { block, blocks }: BlockOptions): Block[] {
  requireWhole({ block });
  if (block > basis.size)
    throw new OptionError(
      'block',
      `a block of ${block} directions is larger than ${basis.name}, which has ${basis.size}`,
    );
  const count = Math.ceil(basis.size / block);
  const chosen =
    blocks === undefined
      ? Array.from({ length: count }, (_, index) => index)
      : indices(blocks, count, 'blocks');
  return chosen.map(index => {
    const first = index * block;
    const end = Math.min(basis.size, first + block);
    return { index, first, last: end - 1, rows: () => directionRows(basis, first, end) };
  });
}

/** Blocks in a row, and which is the first. */
export interface BlockGroup {
  readonly from: number;
  readonly subspaces: readonly Matrix[];
}

/** As many blocks at a time as together have no more numbers, and no more than `count`; at least one. */
export function* blockGroups(
  blocks: readonly Block[],
  most: number,
  count = Infinity,
): Generator<BlockGroup> {
  let [from, numbers] = [0, 0];
  let subspaces: Matrix[] = [];
  for (const { rows } of blocks) {
    const subspace = rows();
    const isFull = numbers + subspace.data.length > most || subspaces.length >= count;
    if (isFull && subspaces.length > 0) {
      yield { from, subspaces };
      [from, numbers, subspaces] = [from + subspaces.length, 0, []];
    }
    subspaces.push(subspace);
    numbers += subspace.data.length;
  }
  yield { from, subspaces };
}
