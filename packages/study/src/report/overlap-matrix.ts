import { commonest } from '../commonest.js';
import {
  chanceBetween,
  comparedSubspace,
  errorFrom,
  overlapOf,
  rowsOf,
  type ComparedSubspace,
} from '../compare/compared-subspace.js';
import type { NadsResult } from '../estimate/nads-codec.js';

/** How much of one leading subspace lies in another. */
export interface OverlapCell {
  readonly overlap: number;
  /** NaN where it is not known. */
  readonly standardError: number;
  /** What unrelated subspaces have on average: k over the dimension of the space, the larger of two, that directions were sought in. */
  readonly chance: number;
}

/** Overlaps of the leading subspaces of several results, of one channel where all channels have the same directions. */
export interface OverlapMatrix {
  /** Dimension k of the subspaces. */
  readonly top: number;
  /** Least and largest chance of all pairs, which differ where bases do. */
  readonly chance: readonly [least: number, most: number];
  readonly names: readonly string[];
  /** Names of results that cannot be compared with these: of another image size, or with fewer directions. */
  readonly left: readonly string[];
  /** [N × N]; on the diagonal that of two halves of the networks; undefined where it is not known. */
  readonly cells: readonly (readonly (OverlapCell | undefined)[])[];
}

/**
 * Mean squared cosines between the leading subspaces of results. Those of another image size than most, or with fewer than k
 * directions, are left out, and named.
 */
export function overlapMatrix(results: readonly NadsResult[], top: number): OverlapMatrix {
  const dimension = commonest(results.map(one => rowsOf(one).columns));
  const fits = (one: NadsResult): boolean =>
    rowsOf(one).columns === dimension && rowsOf(one).rows >= top;
  const found = results.filter(fits).map(one => comparedSubspace(one, top));
  return {
    top,
    chance: chanceOf(found),
    names: found.map(({ name }) => name),
    left: results.filter(one => !fits(one)).map(({ name }) => name),
    cells: cellsOf(found),
  };
}

function chanceOf(found: readonly ComparedSubspace[]): OverlapMatrix['chance'] {
  const pairs = found.flatMap((a, i) => found.slice(0, i).map(b => chanceBetween(a, b)));
  return [Math.min(...pairs), Math.max(...pairs)];
}

/** Symmetric. */
function cellsOf(found: readonly ComparedSubspace[]): OverlapMatrix['cells'] {
  const cells: (OverlapCell | undefined)[][] = found.map(() => []);
  found.forEach((a, i) => {
    cells[i][i] = halves(a);
    for (let j = 0; j < i; j++) cells[i][j] = cells[j][i] = cellOf(a, found[j]);
  });
  return cells;
}

const halves = ({ halfSplitOverlap, top, span }: ComparedSubspace): OverlapCell | undefined =>
  halfSplitOverlap === undefined
    ? undefined
    : { overlap: halfSplitOverlap, standardError: NaN, chance: top / span };

/** The errors from both sides are independent. */
const cellOf = (a: ComparedSubspace, b: ComparedSubspace): OverlapCell => ({
  overlap: overlapOf(a, b),
  standardError: Math.hypot(errorFrom(a, b), errorFrom(b, a)),
  chance: chanceBetween(a, b),
});
