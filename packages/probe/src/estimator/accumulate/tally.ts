import { emptySums, type BlockSums } from './block-sums.js';
import { groupCount } from './group-count.js';
import type { SymmetryBlock } from './symmetry-blocks.js';

/** Sums over networks, kept in groups so that the spread between groups gives the uncertainty. */
export interface Tally {
  /** Networks so far: the first `networks` of the plan's sequence, none left out. */
  networks: number;
  /** Network n is in group n mod length. */
  readonly groups: readonly BlockSums[];
}

/** A tally of no networks. */
export const emptyTally = (blocks: readonly SymmetryBlock[]): Tally => ({
  networks: 0,
  groups: Array.from({ length: groupCount(blocks) }, () => emptySums(blocks)),
});
