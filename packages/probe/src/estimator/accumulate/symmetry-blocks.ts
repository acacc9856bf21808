import type { Relabellings, SignedPermutation } from '@nads/basis';
import type { SymmetryGroup } from '../plan/symmetry-group.js';
import { rowsOfSigns, type Generator } from './rows-of-signs.js';
import type { SparseRows } from './sparse-rows.js';

/**
 * One symmetry type. In the coordinates of `parts[0]` the covariance is a block of its own; where
 * there are two parts, the same block appears once more in those of `parts[1]`.
 */
export interface SymmetryBlock {
  /** Signs under (flip rows, flip columns, transposition), as in '++-'; '-+ and +-' for the pairs. */
  readonly name: string;
  readonly size: number;
  readonly parts: readonly SparseRows[];
  /** The type that it is a part of, where further networks are probed along a part of the directions. */
  readonly partOf?: PartOf;
}

/** Where a part of a symmetry type is in it. */
export interface PartOf {
  /** Index of the type among all. */
  readonly block: number;
  /** Rows and columns of the type's matrix, ascending. */
  readonly rows: Uint32Array;
}

/**
 * Splits n directions into symmetry types (isotypic components), on which a covariance that is
 * invariant under the group is block diagonal (Serre, Linear Representations of Finite Groups, §2.6).
 * Averaging over the group is then the same as dropping the other blocks.
 * @throws if the group has a transposition and one flip only: their products are the other flip.
 */
export function symmetryBlocks(
  n: number,
  relabellings: Relabellings | undefined,
  group: SymmetryGroup,
): SymmetryBlock[] {
  const { flipRows, flipColumns, transposition } = generators(n, relabellings, group);
  if (transposition && !!flipRows !== !!flipColumns)
    throw new Error('a transposition and one flip generate the other flip; give both or none');
  const flips = [flipRows, flipColumns];
  const paired = transposition !== undefined && flipRows !== undefined;
  const blocks: SymmetryBlock[] = [];
  for (const signs of signChoices(flips))
    if (paired && signs[0] !== signs[1]) {
      if (signs[0] === -1) blocks.push(pairBlock(n, flips, signs, transposition));
    } else blocks.push(...splitByTransposition(n, flips, signs, transposition));
  return blocks.filter(block => block.size > 0);
}

function generators(n: number, relabellings: Relabellings | undefined, group: SymmetryGroup) {
  const pick = (name: keyof SymmetryGroup): Generator => {
    if (!group[name]) return undefined;
    const generator = relabellings?.[name];
    if (!generator || generator.index.length !== n)
      throw new Error(`the basis is not closed under ${name}`);
    return generator;
  };
  return {
    flipRows: pick('flipRows'),
    flipColumns: pick('flipColumns'),
    transposition: pick('transposition'),
  };
}

/** All ways to be even or odd under the generators that are there; 1 for those that are not. */
function signChoices(flips: readonly Generator[]): number[][] {
  return flips.reduce<number[][]>(
    (choices, flip) =>
      choices.flatMap(signs =>
        flip
          ? [
              [...signs, 1],
              [...signs, -1],
            ]
          : [[...signs, 1]],
      ),
    [[]],
  );
}

function splitByTransposition(
  n: number,
  flips: readonly Generator[],
  signs: readonly number[],
  transposition: Generator,
): SymmetryBlock[] {
  const choices = transposition ? [1, -1] : [undefined];
  return choices.map(sign => {
    const all = sign === undefined ? [...signs] : [...signs, sign];
    const rows = rowsOfSigns(n, sign === undefined ? flips : [...flips, transposition], all);
    return { name: nameOf(flips, signs, sign), size: rows.start.length - 1, parts: [rows] };
  });
}

function pairBlock(
  n: number,
  flips: readonly Generator[],
  signs: readonly number[],
  transposition: SignedPermutation,
): SymmetryBlock {
  const rows = rowsOfSigns(n, flips, signs);
  const partner: SparseRows = {
    start: rows.start,
    index: rows.index.map(j => transposition.index[j]),
    weight: rows.weight.map((w, k) => w * transposition.sign[rows.index[k]]),
  };
  return { name: '-+ and +-', size: rows.start.length - 1, parts: [rows, partner] };
}

function nameOf(
  flips: readonly Generator[],
  signs: readonly number[],
  transposition: number | undefined,
): string {
  const mark = (sign: number): string => (sign > 0 ? '+' : '-');
  const flipped = flips.map((flip, i) => (flip ? mark(signs[i]) : '')).join('');
  return flipped + (transposition === undefined ? '' : mark(transposition)) || 'all';
}
