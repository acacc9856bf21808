import type { Matrix } from '@nads/linalg';
import { chosenIndices } from '../directions/chosen-indices.js';
import type { RowBasis } from '../directions/row-basis.js';

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
  /** What the basis is called. */
  readonly basis: string;
  /** Directions in a block; the last may have fewer. */
  readonly block: number;
  /** Which blocks, if not all. */
  readonly blocks?: string;
}

/** @throws one line that names the option. */
export function blocksOf(basis: RowBasis, { basis: spec, block, blocks }: BlockOptions): Block[] {
  if (block > basis.count)
    throw new Error(`--block: ${block} directions, ${spec} has ${basis.count}`);
  const count = Math.ceil(basis.count / block);
  return chosenIndices(blocks, { count }, '--blocks').map(index => {
    const first = index * block;
    const end = Math.min(basis.count, first + block);
    return { index, first, last: end - 1, rows: () => basis.rows(first, end) };
  });
}

/** Blocks in a row, and which is the first. */
export interface BlockGroup {
  readonly from: number;
  readonly subspaces: readonly Matrix[];
}

/** As many blocks at a time as together have no more numbers; at least one. */
export function* blockGroups(blocks: readonly Block[], most: number): Generator<BlockGroup> {
  let [from, numbers] = [0, 0];
  let subspaces: Matrix[] = [];
  for (const { rows } of blocks) {
    const subspace = rows();
    if (numbers + subspace.data.length > most && subspaces.length > 0) {
      yield { from, subspaces };
      [from, numbers, subspaces] = [from + subspaces.length, 0, []];
    }
    subspaces.push(subspace);
    numbers += subspace.data.length;
  }
  yield { from, subspaces };
}
